import { z } from "zod";
import type { AnswerSummary } from "../core/answer.ts";
import { languages } from "../core/languages.ts";

const Card = z
  .object({
    id: z.string(),
    title: z.string(),
    titleLang: z.enum(languages).optional(),
    lang: z.enum(languages).optional(),
    lines: z.array(z.string()),
    url: z.string(),
    calendar: z.object({ label: z.string(), url: z.string() }).optional(),
    source: z.string(),
  })
  .transform(({ titleLang, lang, calendar, ...card }) => ({
    ...card,
    ...(titleLang === undefined ? {} : { titleLang }),
    ...(lang === undefined ? {} : { lang }),
    ...(calendar === undefined ? {} : { calendar }),
  }));

// Written by ourselves and only passed on: its parts are not looked into here.
const Summary = z.custom<AnswerSummary>((value) => typeof value === "object" && value !== null);

/** A reply as the outbox keeps it. */
export const StoredReply = z
  .object({
    lang: z.enum(languages),
    lead: z.array(z.string()),
    cards: z.array(Card),
    closing: z.array(z.string()),
    buttons: z.array(
      z.object({
        label: z.string(),
        value: z.string(),
        shares: z.literal("place").optional(),
        says: z.string().optional(),
        inPlace: z.literal(true).optional(),
      }),
    ),
    about: Summary.optional(),
    replaces: z.string().optional(),
    writer: z.literal("human").optional(),
    silent: z.literal(true).optional(),
  })
  .transform(({ about, replaces, writer, silent, ...reply }) => ({
    ...reply,
    ...(writer === undefined ? {} : { writer }),
    ...(silent === undefined ? {} : { silent }),
    ...(about === undefined ? {} : { about }),
    ...(replaces === undefined ? {} : { replaces }),
  }));
