import { z } from "zod";
import { languageField } from "#core/language.ts";
import { AGENT_KINDS, ID_TYPES, SIDES, SPECIAL_POWERS } from "./content.ts";

/**
 * The content as it is answered: every member is there, and personal texts may be masked, so that they no longer have
 * the form they were sent in.
 */
const one = <const T extends readonly [string, ...string[]]>(values: T) => z.enum(values).nullable();
const day = z.string().nullable();
const consent = one(["agree", "refuse"]);

const agentView = z.object({
  key: z.string(),
  kind: one(AGENT_KINDS),
  name: z.string(),
  idType: one(ID_TYPES),
  idNumber: z.string(),
  phone: z.string(),
  firm: z.string(),
  licenseNumber: z.string(),
  relation: z.string(),
  powers: one(["general", "special"]),
  specialPowers: z.array(z.enum(SPECIAL_POWERS)),
});

const partyView = z.object({
  key: z.string(),
  side: z.enum(SIDES),
  kind: z.enum(["natural", "organisation"]),
  name: z.string(),
  gender: one(["男", "女"]),
  birthDate: day,
  ethnicity: z.string(),
  workplace: z.string(),
  occupation: z.string(),
  phone: z.string(),
  email: z.string(),
  idType: one(ID_TYPES),
  idNumber: z.string(),
  address: z.string(),
  habitualAddress: z.string(),
  legalRepresentative: z.string(),
  legalRepresentativeTitle: z.string(),
  orgType: z.string(),
  ownership: z.string(),
  livesOnOwnIncome: z.boolean().meta({ description: "已满 16 周岁，以自己的劳动收入为主要生活来源" }),
  agents: z.array(agentView),
});

export const contentView = z
  .object({
    causeCode: z.string().nullable(),
    formId: z.string().nullable(),
    parties: z.array(partyView),
    claims: z.array(z.object({ key: z.string(), text: z.string(), amountFen: z.number().int().nullable() })),
    amountFen: z.number().int().nullable(),
    facts: z.string(),
    answers: z.record(z.string(), z.union([z.string(), z.array(z.union([z.string(), z.array(z.string())])), z.null()])),
    service: z.object({
      recipient: z.string(),
      phone: z.string(),
      postalCode: z.string(),
      address: z.string(),
      email: z.string(),
      electronic: z.boolean().nullable(),
      channels: z.array(z.enum(["platform", "sms", "email"])),
      judgments: z.boolean().nullable(),
      stages: z.array(z.enum(["first", "second", "execution"])),
      confirmed: z.boolean(),
      language: languageField.nullable(),
      interpreter: z.boolean().nullable(),
    }),
    consents: z.object({
      filing: consent,
      mediation: consent,
      evidence: consent,
      inquiry: consent,
      hearing: consent,
      service: consent,
      signature: consent,
    }),
    mediation: z.object({
      understood: z.boolean().nullable(),
      benefits: z.array(z.string()).nullable(),
      wish: one(["yes", "no", "unsure"]),
    }),
    signature: z.object({ materialId: z.string().nullable(), signedOn: day }),
  })
  .meta({ id: "FilingContent" });
