import { defineCampaign, STREAMING } from './campaign.ts'

// `npm run test:streams`, the other half of the exchanges.

defineCampaign(STREAMING.filter((_, place) => place % 2 === 1))
