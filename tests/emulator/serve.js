// Serves the emulator as it is on 127.0.0.1:PORT. For webhooks two things of the real Telegram are
// added: the secret goes along as a header, and FORWARD_TO stands for the proxy that ends TLS
// before the bot. Each update gets a number of its own. A push that fails is told instead of ending the emulator.
'use strict';

const { TelegramServer } = require('@vishtar/telegram-test-api/lib/telegramServer');

class Telegram extends TelegramServer {
  async addUserUpdate(update) {
    const webhook = this.webhooks[update.botToken];
    if (!webhook) return super.addUserUpdate(update);
    // Before the push: a second update that comes meanwhile must not get the same number.
    this.updateId += 1;
    const pushed = await fetch(process.env.FORWARD_TO + new URL(webhook.url).pathname, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Telegram-Bot-Api-Secret-Token': webhook.secret_token,
      },
      body: JSON.stringify(TelegramServer.formatUpdate(update)),
    });
    if (!pushed.ok) console.error(`push refused: ${pushed.status}`);
    return undefined;
  }
}

const server = new Telegram({ host: '127.0.0.1', port: Number(process.env.PORT), storeTimeout: 600 });
server.start().then(() => console.log('ready'));
