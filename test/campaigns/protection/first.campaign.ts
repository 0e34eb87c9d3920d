import { defineCampaign, PROTECTED } from './campaign.ts'

// `npm run test:protection`, half of the exchanges: two files run side by side.

defineCampaign(PROTECTED.filter((_, place) => place % 2 === 0))
