import type { Logger } from "pino";
import { messageOf } from "../core/errors.ts";
import type { Channel, Sender } from "../core/message.ts";
import type { AddressVault } from "./address-vault.ts";

/** Begins to watch how long an answer takes; the returned function ends it. */
export type ShowTyping = (talk: { readonly channel: Channel; readonly addressEncrypted: string }) => () => void;

/** People wonder after a second whether they were heard. */
const firstAfterMs = 1000;
/** Platforms show it for some five seconds. */
const againAfterMs = 4000;

/** Shows on channels that can that an answer is on its way, once it takes longer than a second and as long as it does. */
export function createTyping(vault: AddressVault, senders: ReadonlyMap<Channel, Sender>, log: Logger): ShowTyping {
  return ({ channel, addressEncrypted }) => {
    const sender = senders.get(channel);
    if (sender?.showTyping === undefined) return () => undefined;
    const { showTyping } = sender;
    let timer = setTimeout(show, firstAfterMs);

    function show(): void {
      timer = setTimeout(show, againAfterMs);
      void tell();
    }

    async function tell(): Promise<void> {
      try {
        await showTyping(vault.decrypt(addressEncrypted));
      } catch (error) {
        log.debug({ channel, reason: messageOf(error) }, "typing not shown");
      }
    }

    return () => clearTimeout(timer);
  };
}
