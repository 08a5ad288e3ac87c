import type { Reference } from "./reference.ts";

/** The suggested actions of a platform: how many it shows, of what kind, and whether it shows them below a card. */
interface Suggestions {
  readonly most: number;
  /** messageBack gives us the button's value, imBack only the words on it. */
  readonly type: "messageBack" | "imBack";
  readonly besideCards: boolean;
}

/** What a platform behind Bot Framework shows. */
export interface Surface {
  readonly cards: boolean;
  readonly suggestions: Suggestions;
  /** False where a sent message stays as it is: the connector answers 405 for the web channels. */
  readonly replaces: boolean;
  /** False where channelData is the platform's own message and would be sent instead of ours. */
  readonly ownChannelData: boolean;
}

/** A web client of Bot Framework. */
const web: Surface = {
  cards: true,
  suggestions: { most: 3, type: "messageBack", besideCards: true },
  replaces: false,
  ownChannelData: true,
};

/** https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/suggested-actions: three at most, words only, none where there is an attachment. */
const teams: Surface = {
  cards: true,
  suggestions: { most: 3, type: "imBack", besideCards: false },
  replaces: true,
  ownChannelData: true,
};

/** In a group of Teams the words of a suggested action need not name us, and would not be ours to read. */
const teamsGroup: Surface = { ...teams, suggestions: { ...teams.suggestions, most: 0 } };

/** Everything else: words are understood everywhere. */
const plain: Surface = {
  cards: false,
  suggestions: { most: 3, type: "imBack", besideCards: true },
  replaces: false,
  ownChannelData: false,
};

const webChannels: ReadonlySet<string> = new Set(["webchat", "directline"]);

/** The surface of a conversation, by its channel and, in Teams, by whether it is a talk of two. */
export function surfaceOf({ channelId, conversation }: Pick<Reference, "channelId" | "conversation">): Surface {
  if (channelId === "msteams") return conversation.conversationType === "personal" ? teams : teamsGroup;
  return webChannels.has(channelId) ? web : plain;
}
