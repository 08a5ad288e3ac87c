import type { FC } from "hono/jsx";
import { z } from "zod";
import { purposes } from "../../core/provider.ts";
import { formatDay, formatMoment } from "../format.ts";
import { Done, ErrorSummary, FieldError } from "../page.tsx";
import { mayDo } from "./operate.tsx";
import { organizationWords } from "./organization-words.ts";
import { ConsolePage } from "./page.tsx";
import { Pager } from "./pager.tsx";
import type { Visit } from "./visit.tsx";
import { consoleWords } from "./words.ts";

type Frame = Visit["frame"];

const Moment = z.string().optional();

/** Who comes in for organisations, as its operation says it. */
export const AccessList = z.array(z.object({ organization: z.string(), signedIn: z.number(), openLinks: z.number(), lastSignIn: Moment }));

export type Access = z.output<typeof AccessList>[number];

/** A page of organisations as its operation gives it. */
export const OrganizationList = z.object({
  ...{ page: z.number(), pages: z.number(), organizations: z.number() },
  lines: z.array(z.object({ id: z.string(), organization: z.string(), offers: z.number(), due: z.number(), lastWord: Moment })),
});

/** An organisation with a page of its offers. */
export const ShownOrganization = z.object({
  ...{ id: z.string(), organization: z.string(), page: z.number(), pages: z.number(), offers: z.number(), lastWord: Moment },
  lines: z.array(z.object({ id: z.string(), title: z.string(), checkedAt: Moment, checkDue: z.boolean(), countDue: z.boolean() })),
});

/** Invitations as their operation lists them, never with what is in the link. */
export const LinkList = z.array(
  z.object({
    ...{ id: z.number(), purpose: z.enum(purposes), state: z.enum(["open", "used", "expired", "revoked"]), madeBy: z.string() },
    ...{ createdAt: z.string(), expiresAt: z.string(), usedAt: Moment },
  }),
);

type Link = z.output<typeof LinkList>[number];

const pathOf = (base: string, id: string) => `${base}/console/organizations/${id}`;

/** The later of two moments in ISO 8601. */
const later = (one: string | undefined, other: string | undefined) => [one ?? "", other ?? ""].sort().at(-1) || undefined;

interface ListProps {
  readonly frame: Frame;
  readonly q: string;
  readonly list: z.output<typeof OrganizationList>;
  readonly access: ReadonlyMap<string, Access>;
}

/** The organisations that a search finds. */
export const OrganizationListPage: FC<ListProps> = ({ frame, q, list, access }) => {
  const texts = organizationWords[frame.lang];
  const path = `${frame.base}/console/organizations`;
  return (
    <ConsolePage {...frame} title={texts.title}>
      <h1>{texts.title}</h1>
      <p>{texts.lead}</p>
      <form method="get" action={path} class="form">
        <label for="q">{texts.search}</label>
        <input id="q" name="q" maxlength={200} dir="auto" value={q} />
        <button type="submit">{texts.button}</button>
      </form>
      <p>{texts.found(list.organizations)}</p>
      <ul class="rows panel">
        {list.lines.map(({ id, organization, offers, due, lastWord }) => {
          const { signedIn = 0, openLinks = 0, lastSignIn } = access.get(organization) ?? {};
          const active = later(lastSignIn, lastWord);
          const counts = [
            texts.offers(offers),
            ...(due > 0 ? [texts.due(due)] : []),
            ...(signedIn > 0 ? [texts.signedIn(signedIn)] : []),
            ...(openLinks > 0 ? [texts.openLinks(openLinks)] : []),
            active === undefined ? texts.neverActive : texts.active(formatDay(active, frame.lang)),
          ];
          return (
            <li data-entry>
              <div>
                <a class="row-title" href={pathOf(frame.base, id)} dir="auto">
                  {organization}
                </a>
                <p>{counts.join(" · ")}</p>
              </div>
            </li>
          );
        })}
      </ul>
      <Pager {...list} words={texts} addressOf={(page) => `${path}?q=${encodeURIComponent(q)}&page=${page}`} />
    </ConsolePage>
  );
};

interface OrganizationPageProps {
  readonly frame: Frame;
  readonly organization: z.output<typeof ShownOrganization>;
  readonly access: Access | undefined;
  readonly links: readonly Link[];
  readonly done: string | undefined;
  /** True where the form of an invitation was sent without saying what for. */
  readonly refused?: boolean;
}

const Facts: FC<OrganizationPageProps> = ({ frame, organization, access }) => {
  const { facts } = organizationWords[frame.lang];
  const moment = (at: string | undefined) => (at === undefined ? facts.none : formatMoment(at, frame.lang));
  const rows = [
    [facts.signedIn, String(access?.signedIn ?? 0)],
    [facts.lastSignIn, moment(access?.lastSignIn)],
    [facts.lastWord, moment(organization.lastWord)],
  ] as const;
  return (
    <dl class="facts">
      {rows.map(([name, value]) => (
        <div>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

const OwnOffers: FC<OrganizationPageProps> = ({ frame, organization }) => {
  const texts = organizationWords[frame.lang];
  return (
    <section>
      <h2>
        {texts.ownOffers} ({organization.offers})
      </h2>
      {organization.offers === 0 ? <p>{texts.noOffers}</p> : null}
      <ul class="rows panel">
        {organization.lines.map(({ id, title, checkedAt, checkDue, countDue }) => (
          <li data-entry>
            <div>
              <a class="row-title" href={`${frame.base}/console/catalogue/offers/${encodeURIComponent(id)}`} dir="auto">
                {title}
              </a>
              <p>
                {[
                  checkedAt === undefined ? texts.unchecked : texts.checked(formatDay(checkedAt, frame.lang)),
                  ...(checkDue ? [texts.checkDue] : []),
                  ...(countDue ? [texts.countDue] : []),
                ].join(" · ")}
              </p>
            </div>
          </li>
        ))}
      </ul>
      <Pager {...organization} words={texts} addressOf={(page) => `${pathOf(frame.base, organization.id)}?page=${page}`} />
    </section>
  );
};

const LinkRow: FC<{ readonly frame: Frame; readonly path: string; readonly link: Link }> = ({ frame, path, link }) => {
  const texts = organizationWords[frame.lang];
  const { id, purpose, state, madeBy, createdAt, expiresAt, usedAt } = link;
  const moment = (at: string) => formatMoment(at, frame.lang);
  const step = (name: string, label: string) => (
    <form method="post" action={`${path}/invitations/${id}/${name}`}>
      <button type="submit" class="quiet" aria-label={texts.ofLink(label, id)}>
        {label}
      </button>
    </form>
  );
  return (
    <li data-entry>
      <div>
        <p class="row-title">
          {texts.purposes[purpose]} <span class="state">{texts.states[state]}</span>
        </p>
        <p>
          {texts.makers[madeBy] ?? madeBy} · {texts.made(moment(createdAt))} ·{" "}
          {usedAt === undefined ? texts.until(moment(expiresAt)) : texts.used(moment(usedAt))}
        </p>
      </div>
      {mayDo("publish", frame.staff) && (state === "open" || state === "expired") ? (
        <div class="actions">
          {step("renew", texts.renew)}
          {state === "open" ? step("withdraw", texts.withdraw) : null}
        </div>
      ) : null}
    </li>
  );
};

const InviteForm: FC<{ readonly frame: Frame; readonly path: string; readonly refused: boolean }> = ({ frame, path, refused }) => {
  const texts = organizationWords[frame.lang];
  return (
    <section class="panel">
      <h2>{texts.invite}</h2>
      <p id="invite-hint">{texts.inviteLead}</p>
      <form method="post" action={`${path}/invite`} class="form">
        <div class="field">
          <label for="purpose">{texts.purpose}</label>
          <FieldError id="purpose" text={refused ? texts.purposeFault : undefined} />
          <select
            {...{ id: "purpose", name: "purpose" }}
            {...(refused ? { "aria-invalid": "true", "aria-describedby": "purpose-error" } : { "aria-describedby": "invite-hint" })}
          >
            {purposes.map((purpose) => (
              <option value={purpose}>{texts.purposes[purpose]}</option>
            ))}
          </select>
        </div>
        <button type="submit">{texts.make}</button>
      </form>
    </section>
  );
};

/** An organisation: its offers, who comes in for it, and its invitations. */
export const OrganizationPage: FC<OrganizationPageProps> = (props) => {
  const { frame, organization, access, links, done, refused = false } = props;
  const texts = organizationWords[frame.lang];
  const path = pathOf(frame.base, organization.id);
  const invites = mayDo("publish", frame.staff);
  return (
    <ConsolePage {...frame} title={organization.organization}>
      <p>
        <a href={`${frame.base}/console/organizations`}>{texts.all}</a>
      </p>
      <h1 dir="auto">{organization.organization}</h1>
      <Done text={done} />
      <ErrorSummary title={consoleWords[frame.lang].errorsTitle} errors={refused ? [{ id: "purpose", text: texts.purposeFault }] : []} />
      <Facts {...props} />
      <OwnOffers {...props} />
      <section>
        <h2>{texts.links}</h2>
        {links.length === 0 ? <p>{texts.noLinks}</p> : null}
        <ul class="rows panel">
          {links.map((link) => (
            <LinkRow frame={frame} path={path} link={link} />
          ))}
        </ul>
      </section>
      {invites && organization.offers > 0 ? <InviteForm frame={frame} path={path} refused={refused} /> : null}
      {invites && ((access?.signedIn ?? 0) > 0 || (access?.openLinks ?? 0) > 0) ? (
        <section class="panel">
          <h2>{texts.end}</h2>
          <p>{texts.endLead}</p>
          <form method="post" action={`${path}/end`}>
            <button type="submit" class="quiet">
              {texts.end}
            </button>
          </form>
        </section>
      ) : null}
    </ConsolePage>
  );
};

interface LinkPageProps {
  readonly frame: Frame;
  readonly id: string;
  readonly organization: string;
  readonly link: string;
  readonly expiresAt: string;
  /** True where another link ended by it. */
  readonly replaces: boolean;
}

/** A link that was just made. It stands here and nowhere else. */
export const OrganizationLinkPage: FC<LinkPageProps> = ({ frame, id, organization, link, expiresAt, replaces }) => {
  const texts = organizationWords[frame.lang];
  return (
    <ConsolePage {...frame} title={texts.linkTitle}>
      <h1>{texts.linkTitle}</h1>
      <div class="panel form">
        <p dir="auto">{texts.linkLead(organization)}</p>
        <p class="link-box">{link}</p>
        <p>{texts.linkUntil(formatMoment(expiresAt, frame.lang))}</p>
        <p>
          <strong>{texts.linkOnce}</strong> {replaces ? texts.linkOld : ""}
        </p>
      </div>
      <p>
        <a class="button-like" href={pathOf(frame.base, id)}>
          {texts.back}
        </a>
      </p>
    </ConsolePage>
  );
};
