import { defineCampaign, STREAMING } from './campaign.ts'

// `npm run test:streams`, half of the exchanges: two files run side by side.

defineCampaign(STREAMING.filter((_, place) => place % 2 === 0))
