import type { Finding, Reply } from "./answer.ts";
import type { Lang } from "./languages.ts";
import type { ChannelCapabilities } from "./message.ts";

/** How an answer is worded: the language of every string in it, and whether short is wanted. */
export interface Manner {
  readonly lang: Lang;
  readonly simple: boolean;
  /** True for the first answer where no page says it: the answer says that a computer programme writes (EU AI Act, Art. 50). */
  readonly introduce: boolean;
  /** True if it answers words that the person changed; the answer says so. */
  readonly edited?: boolean;
  /** Set where the answer has to say who carries the messages. */
  readonly carrier?: ChannelCapabilities["carrier"];
  readonly replaces?: boolean;
  readonly sharesPlace?: boolean;
  /** The id of the message that is answered; stands in the buttons that rate the answer, so that they rate it whenever they are pressed. */
  readonly messageId?: number;
}

/** Words a finding. Pure: the same finding in the same manner gives the same reply. Where all its offers are too much to read, the reply has cards for the first of them only. */
export interface Composer {
  compose(finding: Finding, manner: Manner): Reply;
}
