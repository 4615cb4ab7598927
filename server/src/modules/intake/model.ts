import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from "sequelize";
import {
  code,
  count,
  id,
  json,
  maybeCode,
  maybeDay,
  maybeMoment,
  maybeReference,
  moment,
  reference,
  sealed,
} from "#core/columns.ts";
import type { Ending, IntakeState, Lane } from "./workflow.ts";

/** 收案审查队列: one per court and category. */
export class IntakeQueue extends Model<InferAttributes<IntakeQueue>, InferCreationAttributes<IntakeQueue>> {
  declare id: CreationOptional<string>;
  declare courtCode: string;
  declare category: string;
  declare name: string;
}

/** 分流规则: which filings go to which queue; the lowest priority that fits decides. */
export class IntakeRule extends Model<InferAttributes<IntakeRule>, InferCreationAttributes<IntakeRule>> {
  declare id: CreationOptional<string>;
  declare courtCode: string | null;
  declare priority: number;
  declare fits: string;
  declare category: string;
  declare version: CreationOptional<number>;
}

/** 收案审查件: a filing as the intake clerks see it. */
export class IntakeItem extends Model<InferAttributes<IntakeItem>, InferCreationAttributes<IntakeItem>> {
  declare id: CreationOptional<string>;
  declare filingId: string;
  declare queueId: string;
  declare courtCode: string;
  declare state: IntakeState;
  declare lane: Lane;
  declare round: number;
  declare receivedAt: Date;
  declare dueOn: string | null;
  declare standing: number;
  declare completeness: number;
  declare blocks: number;
  declare warns: number;
  declare hints: number;
  declare duplicates: number;
  declare assigneeId: CreationOptional<string | null>;
  declare holderId: CreationOptional<string | null>;
  declare leaseUntil: CreationOptional<Date | null>;
  /** Grows with every claim; a decision that carries an older one is refused. */
  declare fence: CreationOptional<string>;
  declare decidedAction: CreationOptional<Ending | null>;
  declare decidedBy: CreationOptional<string | null>;
  declare decidedAt: CreationOptional<Date | null>;
  declare decidedNote: CreationOptional<Buffer | null>;
  declare escalatedAt: CreationOptional<Date | null>;
  /** 系列案件 it belongs to. */
  declare seriesId: CreationOptional<string | null>;
  /** When it came into the queue for this round. */
  declare enteredAt: CreationOptional<Date | null>;
}

export function defineIntake(sequelize: Sequelize): void {
  IntakeQueue.init(
    { id: id(), courtCode: code(16), category: code(24), name: code(60) },
    { sequelize, tableName: "intake_queue" },
  );
  IntakeRule.init(
    {
      id: id(),
      courtCode: maybeCode(16),
      priority: count(),
      fits: json(),
      category: code(24),
      version: { ...count(), defaultValue: 1 },
    },
    { sequelize, tableName: "intake_rule" },
  );
  IntakeItem.init(
    {
      id: id(),
      filingId: reference(),
      queueId: reference(),
      courtCode: code(16),
      state: code(24),
      lane: code(16),
      round: count(),
      receivedAt: moment(),
      dueOn: maybeDay(),
      standing: { type: DataTypes.INTEGER, allowNull: false },
      completeness: count(),
      blocks: count(),
      warns: count(),
      hints: count(),
      duplicates: count(),
      assigneeId: maybeReference(),
      holderId: maybeReference(),
      leaseUntil: maybeMoment(),
      fence: { ...reference(), defaultValue: 0 },
      decidedAction: maybeCode(16),
      decidedBy: maybeReference(),
      decidedAt: maybeMoment(),
      decidedNote: sealed(),
      escalatedAt: maybeMoment(),
      seriesId: maybeReference(),
      enteredAt: maybeMoment(),
    },
    { sequelize, tableName: "intake_item" },
  );
}
