import type { GapKind } from "./answer.ts";
import type { Lang } from "./languages.ts";
import type { Channel } from "./message.ts";
import type { Scored } from "./understanding.ts";

/** A question that was not answered well, as whoever groups questions reads it. */
export interface Gap {
  /** The id of its turn. */
  readonly id: string;
  /** Redacted; absent where the topic is too personal to keep the words. */
  readonly question: string | undefined;
  readonly lang: Lang;
  readonly channel: Channel;
  /** Official Stadtbezirk; absent for personal topics. */
  readonly district: string | undefined;
  readonly kind: GapKind;
  /** The needs that were understood, best first. */
  readonly needs: readonly Scored[];
  /** The offers that were shown, best first. */
  readonly offers: readonly Scored[];
  readonly at: Date;
}

/** News of a turn: that it is a gap, or (`gap` is absent) that it is none any more. */
export interface GapNews {
  readonly id: string;
  readonly gap: Gap | undefined;
  /** When that came about. */
  readonly since: Date;
}

/** What happened before and at a gap. */
export interface GapContext {
  readonly at: string;
  readonly question: string | undefined;
  readonly kind: string;
  readonly offers: readonly string[];
}

/** Gaps as their owner hands them out. */
export interface GapSource {
  /** The next news from a moment on, the oldest first; beyond `after` where that is given, which is the last one that was read. */
  readNews(from: Date, most: number, after?: GapNews): Promise<readonly GapNews[]>;
  /** The gaps with these ids that are still there. */
  readGaps(ids: readonly string[]): Promise<readonly Gap[]>;
  /** The messages of the same talk up to a gap, the oldest first, the gap's own last. */
  readBefore(id: string, most: number): Promise<readonly GapContext[]>;
}

/** Where a cluster stands with staff. */
export const clusterStates = ["new", "in-progress", "for-approval", "published", "ignored", "forwarded", "no-offer"] as const;

export type ClusterState = (typeof clusterStates)[number];

/** What becomes of a cluster by staff's steps; from everywhere but where it already is. */
const following: { readonly [state in ClusterState]: readonly ClusterState[] } = {
  new: ["in-progress", "for-approval", "ignored", "forwarded", "no-offer"],
  "in-progress": ["new", "for-approval", "ignored", "forwarded", "no-offer"],
  "for-approval": ["in-progress", "published", "ignored"],
  published: ["in-progress"],
  ignored: ["new"],
  forwarded: ["new", "in-progress", "published"],
  "no-offer": ["new", "in-progress"],
};

/** True if staff can take a cluster from one state to another. */
export function canBecome(from: ClusterState, to: ClusterState): boolean {
  return following[from].includes(to);
}

/** What is told of clusters where turns are kept: those turns are being erased, with all that clusters have of them. */
export interface ClusterForgetting<Transaction> {
  forget(transaction: Transaction, turnIds: readonly string[]): Promise<void>;
}

/** What is told of clusters where demand is counted: what these turns asked for, the city has nothing for. */
export interface UnmetDemand<Transaction> {
  mark(transaction: Transaction, turnIds: readonly string[]): Promise<void>;
}
