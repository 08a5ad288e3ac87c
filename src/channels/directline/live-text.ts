import type { Interim, ShowInterim } from "../../core/message.ts";
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

/** Names the stream of an answer: the same one for a client that comes back, and for an answer that is worded once more. */
function streamIdOf(conversationId: string, inReplyTo: number): string {
  return activityId(conversationId, `live-${inReplyTo}`);
}

/** An answer under way, in the convention of BotFramework-WebChat: a typing activity that holds the text so far. */
export type InterimActivity = ReturnType<typeof interimActivity>;

function interimActivity({ conversationId, inReplyTo, now }: LiveText, streamSequence: number, { lang, text }: Interim) {
  const streamId = streamIdOf(conversationId, inReplyTo);
  const id = streamSequence === 1 ? streamId : activityId(conversationId, randomName());
  return {
    ...frameOf("typing", id, now(), conversationId),
    from: assistant,
    replyToId: activityId(conversationId, inReplyTo),
    text,
    textFormat: "plain",
    locale: lang,
    // Half a step behind the question: before everything that comes later. The id of the first activity names the stream.
    channelData: { streamType: "streaming", streamId, streamSequence, "webchat:sequence-id": inReplyTo + 0.5 },
  };
}

/** Shows an answer while it is worded. What comes too fast is left out, and so is what is shown already, since the stored reply ends the stream (`finalMark`). */
export function createLiveText(live: LiveText, send: (interim: InterimActivity) => void): ShowInterim {
  let sequence = 0;
  let shownAt = Number.NEGATIVE_INFINITY;
  let shown = "";
  return (interim) => {
    const at = live.now().getTime();
    if (interim.text === "" || interim.text === shown || at - shownAt < shownEveryMs) return;
    shownAt = at;
    shown = interim.text;
    sequence += 1;
    send(interimActivity(live, sequence, interim));
  };
}

/** What the channel data of a stored reply says: it takes the place of the interim text of its stream, where the client saw one. */
export function finalMark(conversationId: string, inReplyTo: number) {
  return { streamType: "final", streamId: streamIdOf(conversationId, inReplyTo) };
}
