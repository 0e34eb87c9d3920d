import { defineCampaign, PROTECTED } from './campaign.ts'

// `npm run test:protection`, the other half of the exchanges.

defineCampaign(PROTECTED.filter((_, place) => place % 2 === 1))
