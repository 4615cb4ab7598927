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
import type { ClosedReason, HearingKind, HearingMode, HearingState, SeatRole } from "./workflow.ts";

/** 开庭: one sitting of a case. */
export class Hearing extends Model<InferAttributes<Hearing>, InferCreationAttributes<Hearing>> {
  declare id: CreationOptional<string>;
  declare sealRef: string;
  declare caseId: string | null;
  declare courtCode: string;
  declare kind: HearingKind;
  declare mode: HearingMode;
  declare round: number;
  declare postponed: CreationOptional<number>;
  declare previousId: CreationOptional<string | null>;
  declare state: HearingState;
  declare minutes: number;
  declare startsAt: CreationOptional<Date | null>;
  declare endsAt: CreationOptional<Date | null>;
  declare orderAt: Date;
  declare roomId: CreationOptional<string | null>;
  declare isPublic: boolean;
  declare closedReason: CreationOptional<ClosedReason | null>;
  declare interpreter: CreationOptional<string | null>;
  declare reasonCode: CreationOptional<string>;
  declare reason: CreationOptional<Buffer | null>;
  declare expiresAt: CreationOptional<Date | null>;
  declare notifiedAt: CreationOptional<Date | null>;
  declare closedAt: CreationOptional<Date | null>;
  declare createdAt: Date;
  declare createdBy: string;
  declare version: CreationOptional<number>;
  declare wantedMode: CreationOptional<HearingMode | null>;
  declare bars: CreationOptional<string>;
}

/** Who has a place in it; `booked`: their time is kept. */
export class HearingSeat extends Model<InferAttributes<HearingSeat>, InferCreationAttributes<HearingSeat>> {
  declare id: CreationOptional<string>;
  declare hearingId: string;
  declare resourceId: string | null;
  declare role: SeatRole;
  declare booked: boolean;
  declare participantId: CreationOptional<string | null>;
  declare accountId: CreationOptional<string | null>;
  declare partyKey: CreationOptional<string | null>;
  declare mode: CreationOptional<"in_person" | "online" | null>;
}

export class HearingOption extends Model<InferAttributes<HearingOption>, InferCreationAttributes<HearingOption>> {
  declare hearingId: string;
  declare ordinal: number;
  declare startsAt: Date;
  declare roomId: string | null;
}

export class HearingStrike extends Model<InferAttributes<HearingStrike>, InferCreationAttributes<HearingStrike>> {
  declare hearingId: string;
  declare ordinal: number;
  declare partyKey: string;
  declare accountId: string;
  declare at: Date;
}

export function defineHearing(sequelize: Sequelize): void {
  Hearing.init(
    {
      id: id(),
      sealRef: code(32),
      caseId: maybeReference(),
      courtCode: code(16),
      kind: code(16),
      mode: code(16),
      round: count(),
      postponed: count(),
      previousId: maybeReference(),
      state: code(16),
      minutes: count(),
      startsAt: maybeMoment(),
      endsAt: maybeMoment(),
      orderAt: moment(),
      roomId: maybeReference(),
      isPublic: flag(),
      closedReason: maybeCode(16),
      interpreter: maybeCode(40),
      reasonCode: text(32),
      reason: sealed(),
      expiresAt: maybeMoment(),
      notifiedAt: maybeMoment(),
      closedAt: maybeMoment(),
      createdAt: moment(),
      createdBy: reference(),
      version: { ...count(), defaultValue: 1 },
      wantedMode: maybeCode(16),
      bars: text(80),
    },
    { sequelize, tableName: "hearing" },
  );
  HearingSeat.init(
    {
      id: id(),
      hearingId: reference(),
      resourceId: maybeReference(),
      role: code(16),
      booked: flag(),
      participantId: maybeReference(),
      accountId: maybeReference(),
      partyKey: maybeCode(16),
      mode: maybeCode(16),
    },
    { sequelize, tableName: "hearing_seat" },
  );
  HearingOption.init(
    {
      hearingId: { ...reference(), primaryKey: true },
      ordinal: { ...count(), primaryKey: true },
      startsAt: moment(),
      roomId: maybeReference(),
    },
    { sequelize, tableName: "hearing_option" },
  );
  HearingStrike.init(
    {
      hearingId: { ...reference(), primaryKey: true },
      ordinal: { ...count(), primaryKey: true },
      partyKey: { ...code(16), primaryKey: true },
      accountId: reference(),
      at: moment(),
    },
    { sequelize, tableName: "hearing_strike" },
  );
}
