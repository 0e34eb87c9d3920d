import type { VenueSockets } from '../../server/socketTypes.ts'
import { page } from './replies.ts'
import { CenterHandler } from './topics/centerHandler.ts'
import { MarketHandler } from './topics/marketHandler.ts'
import { NotificationHandler } from './topics/notificationHandler.ts'
import { TradeHandler } from './topics/tradeHandler.ts'

/**
 * Market data, index data, private notifications, order entry and the platform's status:
 * docs/wire/htx.md 8. The notifications of before V5 are switched off.
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
      case '/linear-swap-trade':
        return new TradeHandler(link)
      case '/center-notification':
        return new CenterHandler(link)
      default:
        return page(404, '404 Not Found')
    }
  },
}
