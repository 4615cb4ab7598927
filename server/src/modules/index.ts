import { account } from "#modules/account/index.ts";
import { audit } from "#modules/audit/index.ts";
import { bulk } from "#modules/bulk/index.ts";
import { courtCase } from "#modules/case/index.ts";
import { contact } from "#modules/contact/index.ts";
import { court, feeParametersOf, nameOfCourt } from "#modules/court/index.ts";
import { desk } from "#modules/desk/index.ts";
import { document } from "#modules/document/index.ts";
import { dossier } from "#modules/dossier/index.ts";
import { fee } from "#modules/fee/index.ts";
import { filing } from "#modules/filing/index.ts";
import { hearing } from "#modules/hearing/index.ts";
import { intake } from "#modules/intake/index.ts";
import { material } from "#modules/material/index.ts";
import type { Module } from "#modules/module.ts";
import { notice } from "#modules/notice/index.ts";
import { operations } from "#modules/operations/index.ts";
import { payment } from "#modules/payment/index.ts";
import { questioning } from "#modules/questioning/index.ts";
import { reception } from "#modules/reception/index.ts";
import { referenceModule } from "#modules/reference/index.ts";
import { service } from "#modules/service/index.ts";
import { submission } from "#modules/submission/index.ts";

/** The calculators name courts and use what each has settled; `reference` itself knows no other module. */
const reference = referenceModule({ courtName: nameOfCourt, feeParameters: feeParametersOf });

/** Every module, downhill first: each may ask only those above it. */
export const modules: readonly Module[] = [
  court,
  account,
  reference,
  document,
  material,
  filing,
  bulk,
  intake,
  fee,
  payment,
  courtCase,
  submission,
  service,
  hearing,
  reception,
  questioning,
  contact,
  desk,
  dossier,
  notice,
  audit,
  operations,
];
