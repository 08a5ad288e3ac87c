import type { Logger } from "pino";
import { z } from "zod";
import { AppError, messageOf } from "../../core/errors.ts";
import type { CallTelegram } from "./api.ts";
import { allowedUpdates, type isUpdate } from "./parse.ts";
import { pause } from "./retry.ts";

/** Telegram holds the call open that long if nothing comes. */
const longPollSeconds = 25;
const graceMs = 10_000;
const pauseAfterFaultMs = 2000;

const Updates = z.array(z.looseObject({ update_id: z.int() }));

export interface PollingDependencies {
  readonly call: CallTelegram;
  /** Resolves once the update is stored; an update that it throws for is asked for again. */
  readonly handle: (update: Parameters<typeof isUpdate>[0]) => Promise<void>;
  readonly log: Logger;
}

/** Asks for updates until `ended`; one is confirmed to Telegram only after it is stored, so that none is lost. */
export async function pollUpdates({ call, handle, log }: PollingDependencies, ended: AbortSignal): Promise<void> {
  let offset = 0;

  async function take(update: z.infer<typeof Updates>[number]): Promise<void> {
    try {
      await handle(update);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "REQUEST_INVALID") throw error;
      log.warn({ code: error.code, reason: error.message }, "telegram update refused");
    }
    offset = update.update_id + 1;
  }

  async function pollOnce(): Promise<void> {
    const wish = { offset, timeout: longPollSeconds, allowed_updates: [...allowedUpdates] };
    const given = await call("getUpdates", wish, { timeoutMs: longPollSeconds * 1000 + graceMs, signal: ended });
    for (const update of Updates.parse(given)) await take(update);
  }

  while (!ended.aborted) {
    try {
      await pollOnce();
    } catch (error) {
      if (ended.aborted) return;
      log.warn({ reason: messageOf(error) }, "telegram polling failed, will be tried again");
      await pause(pauseAfterFaultMs, ended);
    }
  }
}
