import { activityId, assistant, frameOf } from "./outgoing.ts";
import { randomName } from "./tokens.ts";

/** Clients redraw the whole text each time, so a text that grows by the word is shown five times a second. */
const shownEveryMs = 200;

export interface LiveText {
  readonly conversationId: string;
  /** The inbox id of the message that is being answered. */
  readonly inReplyTo: number;
  readonly now: () => Date;
}

/** An answer under way, in the convention of BotFramework-WebChat: a typing activity that holds the text so far. */
export type InterimActivity = ReturnType<typeof interimActivity>;

function interimActivity({ conversationId, inReplyTo, now }: LiveText, streamId: string, streamSequence: number, text: string) {
  const id = streamSequence === 1 ? streamId : activityId(conversationId, randomName());
  return {
    ...frameOf("typing", id, now(), conversationId),
    from: assistant,
    replyToId: activityId(conversationId, inReplyTo),
    text,
    // Half a step behind the question: before everything that comes later. The id of the first activity names the stream.
    channelData: { streamType: "streaming", streamId, streamSequence, "webchat:sequence-id": inReplyTo + 0.5 },
  };
}

/**
 * Shows an answer while it is worded: `texts` gives the whole text so far each time. What comes too fast is left out, since the stored reply ends the stream
 * (`finalMark`). Ends with `texts`, and throws what it throws.
 */
export async function* renderLiveText(texts: AsyncIterable<string>, live: LiveText): AsyncGenerator<InterimActivity> {
  const streamId = activityId(live.conversationId, randomName());
  let sequence = 0;
  let shownAt = Number.NEGATIVE_INFINITY;
  for await (const text of texts) {
    const at = live.now().getTime();
    if (text === "" || at - shownAt < shownEveryMs) continue;
    shownAt = at;
    sequence += 1;
    yield interimActivity(live, streamId, sequence, text);
  }
}

/** What the channel data of the stored reply says to a client that saw its stream; it takes the place of the interim text. */
export function finalMark(streamId: string) {
  return { streamType: "final", streamId };
}
