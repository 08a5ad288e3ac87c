import { z } from "zod";
import { AppError } from "../../core/errors.ts";
import { type Lang, langOfLocale } from "../../core/languages.ts";
import type { MessageContent } from "../../core/message.ts";

/** Buttons of this assistant never hold more (core/answer.ts). */
const longestButtonBytes = 60;

const PostedActivity = z.object({
  type: z.string(),
  name: z.string().nullish(),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  locale: z.string().nullish(),
  attachments: z.array(z.unknown()).nullish(),
  entities: z.array(z.unknown()).nullish(),
  channelData: z
    .object({
      clientActivityID: z
        .string()
        .regex(/^[\x21-\x7e]{1,128}$/)
        .nullish(),
      // BotFramework-WebChat sends the value of a pressed postBack as text, with this mark.
      postBack: z.boolean().nullish(),
    })
    .nullish(),
});

/** Where the person is, as the Bot Framework writes it. */
const Place = z.object({
  type: z.literal("GeoCoordinates"),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});

type PostedActivity = z.infer<typeof PostedActivity>;

/** What a client posted: something to answer, or a sign of life that needs none. */
export type ParsedActivity =
  | {
      readonly kind: "message";
      readonly content: MessageContent;
      readonly interfaceLang: Lang | undefined;
      readonly clientId: string | undefined;
    }
  | { readonly kind: "ignored" };

/** PostgreSQL stores neither U+0000 nor halves of surrogate pairs. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll("\u0000", "\uFFFD");
}

function buttonContent(value: string): MessageContent {
  if (Buffer.byteLength(value) <= longestButtonBytes) return { kind: "button", value: storable(value) };
  throw new AppError("REQUEST_INVALID", `value is longer than ${longestButtonBytes} bytes: no button of this chat is.`);
}

function contentOf(activity: PostedActivity): MessageContent | undefined {
  if (activity.type === "event") return activity.name === "webchat/join" ? { kind: "start" } : undefined;
  if (activity.type !== "message") return undefined;
  if (typeof activity.value === "string") return buttonContent(activity.value);
  const text = activity.text ?? "";
  if (activity.channelData?.postBack === true) return buttonContent(text);
  const place = (activity.entities ?? []).map((entity) => Place.safeParse(entity).data).find((found) => found !== undefined);
  if (place !== undefined && text.trim() === "") return { kind: "location", latitude: place.latitude, longitude: place.longitude };
  const attached = (activity.attachments ?? []).length > 0;
  return attached && text.trim() === "" ? { kind: "attachment" } : { kind: "text", text: storable(text) };
}

/** "sr" and "bs" are answered as "hr" (core/languages.ts). */
/** Reads one posted activity; throws REQUEST_INVALID that names the field, never its content. */
export function parseActivity(body: unknown): ParsedActivity {
  const parsed = PostedActivity.safeParse(body);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join(".") ?? "";
    throw new AppError(
      "REQUEST_INVALID",
      field === "" ? "The body is not an activity." : `${field} of the activity is missing or not as Direct Line 3.0 has it.`,
    );
  }
  const content = contentOf(parsed.data);
  if (content === undefined) return { kind: "ignored" };
  return {
    kind: "message",
    content,
    interfaceLang: langOfLocale(parsed.data.locale),
    clientId: parsed.data.channelData?.clientActivityID ?? undefined,
  };
}
