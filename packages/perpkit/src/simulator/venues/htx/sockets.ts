import type { VenueSockets } from '../../server/socketTypes.ts'
import { page } from './replies.ts'
import { MarketHandler } from './topics/marketHandler.ts'
import { NotificationHandler } from './topics/notificationHandler.ts'

/**
 * Market data, index data and private notifications: docs/wire/htx.md 8. Orders over
 * `/linear-swap-trade` are not taken, and the notifications of before V5 are switched off.
 * https://www.htx.com/en-us/opend/newApiPages/
 */
export const sockets: VenueSockets = {
  open(link) {
    switch (link.request.path) {
      case '/linear-swap-ws':
        return new MarketHandler(link, 'market')
      case '/ws_index':
        return new MarketHandler(link, 'index')
      case '/ws/v5/notification':
        return new NotificationHandler(link)
      default:
        return page(404, '404 Not Found')
    }
  },
}
