/** A document that `ia-returns` compiled: canonical JSON, known by its kind and id. */
export interface Document {
  kind: "collection" | "expected" | "organisations" | "plan" | "template";
  id: string;
  json: string;
}

/** A draft or a sealed return, as it was sent. Bytes are read strictly (I-JSON, RFC 7493; whole numbers; at most 4,000,000 bytes). */
export type File = string | Uint8Array;

/** The time as of which a draft is looked at: now, if nothing is said. A text is RFC 3339 with its offset. */
export interface AsOf {
  at?: Date | string;
}

/** What a rule says. */
export interface Finding {
  rule: string;
  severity: "error" | "query" | "note";
  /** A sentence for people, in English. */
  message: string;
  /** The keys of the row or group that it is about; empty for the whole return. */
  row: Record<string, string>;
  /** Ids of the answers that it is about. */
  at: string[];
  /** The answer to a query, where there is one. */
  explanation: string | null;
}

export interface Checked {
  errors: number;
  /** How many queries have no explanation. */
  unexplained: number;
  findings: Finding[];
  /** Whether nothing stands in the way of sealing. */
  sealable: boolean;
}

/** A rating. It is a guide of this tool, not an NHS England scale. */
export interface Rating {
  id: string;
  label: string;
  row: Record<string, string>;
  /** The id of a band, or a whole number as text; null where it cannot be told yet. */
  result: string | null;
  words: string;
  /** The facts that caused it, as sentences. */
  because: string[];
}

export interface Scored {
  ratings: Rating[];
  /** Calculated values as a sealed file has them: docs/return-format.md, “derived”. */
  values: Record<string, unknown>;
}

export type Signed =
  | {
      sealed: true;
      /** The file to save and to send. */
      text: string;
      /** The name to save it under. */
      name: string;
      /** SHA-256 of what was signed, in lower-case hexadecimal. */
      id: string;
      check_code: string;
      /** RFC 7638 thumbprint of the key. */
      thumbprint: string;
    }
  | { sealed: false; findings: Finding[] };

export interface Verdict {
  verdict: "unchanged" | "differs_on_recheck" | "unknown_collection" | "unknown_template";
  /** The verdict in words. */
  sentence: string;
  /** What to do next. */
  next: string;
  id: string;
  collection: string;
  template: string;
  organisation: string;
  revision: number;
  practice: boolean;
  /** Whether it is approved as its collection asks. */
  approved: boolean;
  /** What a check here finds; null where the collection is not here. */
  errors: number | null;
  unexplained: number | null;
  /** What it finds otherwise than the file says. */
  differences: { at: string; said: string; found: string }[];
  signatures: {
    name: string;
    job_title: string;
    role: "preparer" | "approver";
    signed_at: string;
    check_code: string;
    thumbprint: string;
  }[];
}

/** Why there is no result. `code` is one of not_readable, not_a_draft, not_a_return, changed, unknown, does_not_fit, no_key,
    no_time, faulty_data. */
export class Refused extends Error {
  code: string;
  /** What to do about it. */
  help: string;
}

/** The templates, collections and lists of this version. */
export const shipped: Document[];

/** Readies the checker; wait for it before anything else. Called again, it takes other documents in place of those it had.
    Throws `Refused` for documents that do not fit each other. Needs WebAssembly. */
export function ready(documents?: Document[]): Promise<void>;

/** What the rules say of a draft as of `at`, or of a sealed return as of when it was prepared. Throws `Refused`. */
export function check(file: File, options?: AsOf): Checked;

/** Its ratings and calculated values. Throws `Refused`. */
export function score(file: File, options?: AsOf): Scored;

/** Seals a draft with the Ed25519 key of 32 secret bytes, or with a new one that is used once and forgotten. Name and job title
    of the signer are the draft's own answers. Throws `Refused`. */
export function sign(draft: File, options?: AsOf & { secret?: Uint8Array }): Signed;

/** Whether a file is as it was sealed, and whether a check here finds the same. Throws `Refused` where it is no return (code
    not_a_return, not_readable) or was changed (code changed). Who the sender is it does not say: docs/threat-model.md. */
export function verify(file: File): Verdict;
