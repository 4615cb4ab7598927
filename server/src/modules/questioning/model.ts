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
  flag,
  id,
  maybeCode,
  maybeMoment,
  maybeReference,
  moment,
  reference,
  sealed,
  text,
} from "#core/columns.ts";
import type { KeptIn, Nature, QuestioningState } from "./workflow.ts";

/** 远程提讯: one person in custody, questioned once. */
export class Questioning extends Model<InferAttributes<Questioning>, InferCreationAttributes<Questioning>> {
  declare id: CreationOptional<string>;
  declare sealRef: string;
  declare number: string;
  declare caseId: string;
  declare courtCode: string;
  declare nature: Nature;
  declare partyKey: string | null;
  declare name: Buffer;
  declare idIndex: string;
  declare minor: boolean;
  declare language: string;
  declare matter: Buffer;
  declare placeId: string;
  declare placeRoom: string;
  declare keptIn: KeptIn;
  declare judgeId: string;
  declare clerkId: string;
  declare assistId: string | null;
  declare counselIds: string;
  declare state: QuestioningState;
  declare hearingId: string;
  declare startsAt: Date;
  declare endsAt: Date;
  declare dayNumber: number;
  declare linkIndex: CreationOptional<string | null>;
  declare officerName: CreationOptional<Buffer | null>;
  declare officerBadge: CreationOptional<Buffer | null>;
  declare officerId: CreationOptional<string | null>;
  declare note: CreationOptional<Buffer | null>;
  declare identifiedAt: CreationOptional<Date | null>;
  declare rightsAt: CreationOptional<Date | null>;
  declare askedAt: Date;
  declare version: CreationOptional<number>;
}

export function defineQuestioning(sequelize: Sequelize): void {
  Questioning.init(
    {
      id: id(),
      sealRef: code(32),
      number: text(40),
      caseId: reference(),
      courtCode: code(16),
      nature: code(16),
      partyKey: maybeCode(16),
      name: sealed(),
      idIndex: code(64),
      minor: flag(),
      language: text(20),
      matter: sealed(),
      placeId: reference(),
      placeRoom: text(40),
      keptIn: code(8),
      judgeId: reference(),
      clerkId: reference(),
      assistId: maybeReference(),
      counselIds: text(60),
      state: code(16),
      hearingId: reference(),
      startsAt: moment(),
      endsAt: moment(),
      dayNumber: count(),
      linkIndex: maybeCode(64),
      officerName: sealed(),
      officerBadge: sealed(),
      officerId: maybeReference(),
      note: sealed(),
      identifiedAt: maybeMoment(),
      rightsAt: maybeMoment(),
      askedAt: moment(),
      version: { ...count(), defaultValue: 1 },
    },
    { sequelize, tableName: "questioning" },
  );
}
