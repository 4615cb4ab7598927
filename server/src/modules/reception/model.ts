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
import type { Outcome, Place, ReceptionState, Topic } from "./workflow.ts";

/** 远程接访: one request to be heard, until it is answered. */
export class Reception extends Model<InferAttributes<Reception>, InferCreationAttributes<Reception>> {
  declare id: CreationOptional<string>;
  declare sealRef: string;
  declare number: string;
  declare courtCode: string;
  declare upperCode: string | null;
  declare accountId: string;
  declare caseId: string | null;
  declare topic: Topic;
  declare place: Place;
  declare soon: boolean;
  declare matter: Buffer;
  declare state: ReceptionState;
  declare askedAt: Date;
  declare dueAt: Date;
  declare hearingId: CreationOptional<string | null>;
  declare startsAt: CreationOptional<Date | null>;
  declare endsAt: CreationOptional<Date | null>;
  declare dayNumber: CreationOptional<number | null>;
  declare receiverId: CreationOptional<string | null>;
  declare upperReceiverId: CreationOptional<string | null>;
  declare clerkId: CreationOptional<string | null>;
  declare declined: CreationOptional<Buffer | null>;
  declare note: CreationOptional<Buffer | null>;
  declare previousId: CreationOptional<string | null>;
  declare outcome: CreationOptional<Outcome | null>;
  declare answer: CreationOptional<Buffer | null>;
  declare answeredAt: CreationOptional<Date | null>;
  declare rating: CreationOptional<number | null>;
  declare ratingWords: CreationOptional<Buffer | null>;
  declare version: CreationOptional<number>;
}

const maybeCount = () => ({ ...count(), allowNull: true, defaultValue: null });

export function defineReception(sequelize: Sequelize): void {
  Reception.init(
    {
      id: id(),
      sealRef: code(32),
      number: text(40),
      courtCode: code(16),
      upperCode: maybeCode(16),
      accountId: reference(),
      caseId: maybeReference(),
      topic: code(16),
      place: code(8),
      soon: flag(),
      matter: sealed(),
      state: code(16),
      askedAt: moment(),
      dueAt: moment(),
      hearingId: maybeReference(),
      startsAt: maybeMoment(),
      endsAt: maybeMoment(),
      dayNumber: maybeCount(),
      receiverId: maybeReference(),
      upperReceiverId: maybeReference(),
      clerkId: maybeReference(),
      declined: sealed(),
      note: sealed(),
      previousId: maybeReference(),
      outcome: maybeCode(16),
      answer: sealed(),
      answeredAt: maybeMoment(),
      rating: maybeCount(),
      ratingWords: sealed(),
      version: { ...count(), defaultValue: 1 },
    },
    { sequelize, tableName: "reception" },
  );
}
