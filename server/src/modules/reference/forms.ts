import { causeAndAbove, causesUnder } from "./cause-table.ts";
import { problem } from "./problems.ts";
import { readData } from "./read-data.ts";

export type FieldType =
  | "text"
  | "textarea"
  | "date"
  | "money"
  | "number"
  | "single"
  | "multi"
  | "yesno"
  | "table"
  | "group"
  | "mobile"
  | "idno"
  | "uscc"
  | "caseno"
  | "bankcard";

/** One element of a model pleading (法〔2025〕82号). Its id is a dotted path that stays with the form's version. */
export interface FormField {
  readonly id: string;
  /** The official words: they are printed as they stand. */
  readonly label: string;
  readonly type: FieldType;
  readonly required?: boolean;
  readonly options?: readonly string[];
  readonly columns?: readonly string[];
  readonly fields?: readonly FormField[];
  /** Shown when the answer is "yes". */
  readonly then?: readonly FormField[];
  readonly hint?: string;
  /** The same in plain words, for the guided way of filling in. */
  readonly question?: string;
  /** What somebody else might have answered. */
  readonly example?: string;
  /** On which paper the answer is found. */
  readonly where?: string;
}

/** Which claims are for whom: 买卖 seller 1–2, buyer 3–4. */
export interface FormParts {
  readonly question: string;
  /** Only one of the choices can be true. */
  readonly exclusive: boolean;
  readonly choices: readonly { readonly label: string; readonly fields: readonly string[] }[];
}

export interface FormSection {
  readonly id: "claims" | "jurisdiction" | "preservation" | "facts";
  readonly title: string;
  readonly fields: readonly FormField[];
}

export interface FormSummary {
  readonly id: string;
  readonly no: string;
  readonly name: string;
  readonly field: string;
  /** Whether every element is a field of its own; else claims and facts are written freely. */
  readonly full: boolean;
  readonly causeCodes: readonly string[];
}

export interface Form extends FormSummary {
  readonly version: string;
  readonly partyOnly?: "natural";
  readonly claimsHint?: string;
  readonly parts?: FormParts;
  /** What must have happened before (劳动争议: arbitration). */
  readonly precondition?: string;
  readonly preamble: readonly string[];
  readonly sections: readonly FormSection[];
}

interface StoredForm extends Omit<Form, "version" | "preamble" | "sections" | "causeCodes"> {
  readonly causes: readonly string[];
  readonly sections?: readonly FormSection[];
}

const stored = readData<{ version: string; preamble: string[]; general: FormSection[]; forms: StoredForm[] }>("forms");

export const formsVersion = stored.version;
/** The form for every cause that has no model pleading. */
export const GENERAL_FORM = "00";

const forms = new Map(stored.forms.map((form) => [form.id, complete(form)]));
const formOfCause = new Map(stored.forms.flatMap((form) => form.causes.map((cause) => [cause, form.id] as const)));

/** All forms, the 67 kinds of model pleadings and the general one. */
export function listForms(): FormSummary[] {
  return [...forms.values()].map(({ id, no, name, field, full, causeCodes }) => ({
    id,
    no,
    name,
    field,
    full,
    causeCodes,
  }));
}

/** A form with all its fields. Throws `form.not_found`. */
export function findForm(id: string): Form {
  const form = forms.get(id);
  if (form === undefined) throw problem("form.not_found");
  return form;
}

/** The model pleading of a cause or of the nearest cause above it; null where the general form is used. */
export function suggestForm(causeCode: string): string | null {
  for (const code of causeAndAbove(causeCode)) {
    const id = formOfCause.get(code);
    if (id !== undefined) return id;
  }
  return null;
}

/** Every field of a form that takes an answer, by its id: groups are replaced by their fields. */
export function fieldsOf(form: Form): ReadonlyMap<string, FormField> {
  const known = answerable.get(form);
  if (known !== undefined) return known;
  const found = new Map<string, FormField>();
  const walk = (fields: readonly FormField[]): void => {
    for (const field of fields) {
      if (field.type !== "group") found.set(field.id, field);
      walk(field.fields ?? []);
      walk(field.then ?? []);
    }
  };
  for (const section of form.sections) walk(section.fields);
  answerable.set(form, found);
  return found;
}

const answerable = new WeakMap<Form, ReadonlyMap<string, FormField>>();

function complete({ causes, sections, ...form }: StoredForm): Form {
  const causeCodes = causes.flatMap((code) => [code, ...causesUnder(code)]);
  return {
    ...form,
    version: stored.version,
    causeCodes,
    preamble: stored.preamble,
    sections: sections ?? stored.general,
  };
}
