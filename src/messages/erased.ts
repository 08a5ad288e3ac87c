import type { MessageContent } from "../core/message.ts";

/** What stays of a message whose words, or place, must not be kept. */
export const erased: MessageContent = { kind: "text", text: "" };
