import {
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from "sequelize";
import {
  code,
  count,
  id,
  maybeCode,
  maybeMoment,
  maybeReference,
  moment,
  reference,
  sealed,
  text,
} from "#core/columns.ts";
import type { ParticipantState } from "./participant-workflow.ts";

/** `assistant` and `stand_in` are derived from an agent, see delegation-*.ts. */
export type Capacity = "party" | "representative" | "agent" | "assistant" | "stand_in";
export type Via = "filing" | "code" | "identity" | "confirmation" | "court" | "delegation";

/** 案件参与人: an account that is a party, represents an organisation, or is somebody's agent. One row for each party. */
export class CaseParticipant extends Model<InferAttributes<CaseParticipant>, InferCreationAttributes<CaseParticipant>> {
  declare id: CreationOptional<string>;
  declare sealRef: string;
  declare caseId: string;
  declare accountId: string | null;
  declare partyKey: string;
  declare capacity: Capacity;
  declare agentKind: string | null;
  declare powers: "own" | "general" | "special";
  declare specialPowers: string;
  declare name: Buffer | null;
  declare nameIndex: string | null;
  declare idIndex: string | null;
  declare firm: string;
  declare licence: Buffer | null;
  declare via: Via;
  declare state: ParticipantState;
  declare slot: number | null;
  declare live: number | null;
  declare askedAt: Date;
  declare since: CreationOptional<Date | null>;
  declare untilAt: CreationOptional<Date | null>;
  declare endedAt: CreationOptional<Date | null>;
  declare endedBy: CreationOptional<string | null>;
  declare endedReason: CreationOptional<Buffer | null>;
  declare delegationId: CreationOptional<string | null>;
  declare throughId: CreationOptional<string | null>;
}

/** 访问码: lets the one party it was made for into the case, once. */
export class CaseAccessCode extends Model<InferAttributes<CaseAccessCode>, InferCreationAttributes<CaseAccessCode>> {
  declare caseId: string;
  declare partyKey: string;
  declare code: Buffer;
  declare madeAt: Date;
  declare usedBy: CreationOptional<string | null>;
  declare usedAt: CreationOptional<Date | null>;
}

export function defineParticipants(sequelize: Sequelize): void {
  CaseParticipant.init(
    {
      id: id(),
      sealRef: code(32),
      caseId: reference(),
      accountId: maybeReference(),
      partyKey: code(16),
      capacity: code(16),
      agentKind: maybeCode(16),
      powers: code(8),
      specialPowers: code(80),
      name: sealed(),
      nameIndex: maybeCode(64),
      idIndex: maybeCode(64),
      firm: text(100),
      licence: sealed(),
      via: code(16),
      state: code(16),
      slot: { ...count(), allowNull: true, defaultValue: null },
      live: { ...count(), allowNull: true, defaultValue: null },
      askedAt: moment(),
      since: maybeMoment(),
      untilAt: maybeMoment(),
      endedAt: maybeMoment(),
      endedBy: maybeReference(),
      endedReason: sealed(),
      delegationId: maybeReference(),
      throughId: maybeReference(),
    },
    { sequelize, tableName: "case_participant" },
  );
  CaseAccessCode.init(
    {
      caseId: { ...reference(), primaryKey: true },
      partyKey: { ...code(16), primaryKey: true },
      code: sealed(),
      madeAt: moment(),
      usedBy: maybeReference(),
      usedAt: maybeMoment(),
    },
    { sequelize, tableName: "case_access_code" },
  );
}
