import type { FC } from "hono/jsx";
import type { Letter } from "../core/provider.ts";
import { formatMoment } from "./format.ts";
import { Done, ErrorSummary, FieldError, Page, type PageFrame } from "./page.tsx";
import { pageWords } from "./words.ts";

type Frame = Omit<PageFrame, "title" | "children"> & { readonly organization: string };

/** The other side of a letter. */
export function partnerOf({ sender, recipient }: Letter, organization: string): string {
  return sender === organization ? recipient : sender;
}

/** True for a letter that an organisation got and has not opened. */
export function isUnread({ recipient, read }: Letter, organization: string): boolean {
  return recipient === organization && !read;
}

/** Everybody that an organisation writes with, the last first. */
export const TalksPage: FC<Frame & { readonly letters: readonly Letter[] }> = ({ letters, ...frame }) => {
  const { base, lang, organization } = frame;
  const words = pageWords[lang];
  const talks = Map.groupBy([...letters].reverse(), (letter) => partnerOf(letter, organization));
  return (
    <Page {...frame} title={words.letters}>
      <h1>{words.letters}</h1>
      <p>{words.lettersLead}</p>
      {letters.length === 0 ? <p>{words.noLetters}</p> : null}
      <ul class="rows panel">
        {[...talks].map(([partner, own]) => {
          const unread = own.filter((letter) => isUnread(letter, organization)).length;
          return (
            <li>
              <a class="row-title" href={`${base}/provider/messages?with=${encodeURIComponent(partner)}`} dir="auto">
                {partner}
              </a>
              <span>
                {unread === 0 ? null : <span class="count">{words.unread(unread)}</span>}
                {own[0] === undefined ? null : formatMoment(own[0].sentAt, lang)}
              </span>
            </li>
          );
        })}
      </ul>
    </Page>
  );
};

export interface TalkPageProps extends Frame {
  readonly partner: string;
  readonly letters: readonly Letter[];
  readonly done?: string | undefined;
  readonly fault?: { readonly text: string; readonly typed: string } | undefined;
}

const LetterItem: FC<Pick<TalkPageProps, "base" | "lang" | "organization"> & { readonly letter: Letter }> = ({
  letter,
  base,
  lang,
  organization,
}) => {
  const words = pageWords[lang];
  const mine = letter.sender === organization;
  const when = formatMoment(letter.sentAt, lang);
  return (
    <li class={mine ? "letter mine" : "letter"}>
      <p class="who-when">
        <strong dir="auto">{mine ? words.you : letter.sender}</strong> {when}
      </p>
      {letter.reported && !mine ? (
        <p class="hint">{words.reported}</p>
      ) : (
        <p class="letter-text" dir="auto">
          {letter.text}
        </p>
      )}
      {mine || letter.reported ? null : (
        <form method="post" action={`${base}/provider/messages/${letter.id}/report`}>
          <button type="submit" class="link" aria-label={words.reportLabel(when)}>
            {words.report}
          </button>
        </form>
      )}
    </li>
  );
};

/** All letters between two organisations, and the form for the next. */
export const TalkPage: FC<TalkPageProps> = ({ partner, letters, done, fault, ...frame }) => {
  const { base, lang, organization } = frame;
  const words = pageWords[lang];
  const errors = fault === undefined ? [] : [{ id: "letter", text: fault.text }];
  return (
    <Page {...frame} title={words.talkWith(partner)}>
      <h1 dir="auto">{words.talkWith(partner)}</h1>
      <Done text={done} />
      <ErrorSummary title={words.errors.title} errors={errors} />
      <ol class="letters">
        {letters.map((letter) => (
          <LetterItem {...{ letter, base, lang, organization }} />
        ))}
      </ol>
      <form method="post" action={`${base}/provider/messages`} class="panel" novalidate>
        <input type="hidden" name="to" value={partner} />
        <div class="field">
          <label for="letter">{words.letterLabel}</label>
          <p class="hint" id="letter-hint">
            {words.letterHint}
          </p>
          <FieldError id="letter" text={fault?.text} />
          <textarea
            id="letter"
            name="text"
            rows={6}
            dir="auto"
            aria-describedby={fault === undefined ? "letter-hint" : "letter-hint letter-error"}
            {...(fault === undefined ? {} : { "aria-invalid": "true" })}
          >
            {fault?.typed ?? ""}
          </textarea>
        </div>
        <button type="submit">{words.send}</button>
      </form>
      <p>
        <a href={`${base}/provider/messages`}>{words.allTalks}</a>
      </p>
    </Page>
  );
};
