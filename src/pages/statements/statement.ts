import type { StatementLang } from "../layout.tsx";

/** A part of a page about the chat: sentences, then points. */
interface Section {
  readonly title: string;
  readonly lines?: readonly string[];
  readonly points?: readonly string[];
  readonly links?: readonly { readonly label: string; readonly url: string }[];
}

/** A page about the chat in one language. */
export interface StatementText {
  readonly title: string;
  readonly lead: string;
  readonly sections: readonly Section[];
}

/** A page about the chat. */
export type Statement = Readonly<Record<StatementLang, StatementText>>;
