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
import type { Awaiting, ThreadState } from "./workflow.ts";

/** 联系法官: one matter between the court and one side. */
export class Thread extends Model<InferAttributes<Thread>, InferCreationAttributes<Thread>> {
  declare id: CreationOptional<string>;
  declare sealRef: string;
  declare courtCode: string;
  declare caseId: string | null;
  declare accountId: string;
  declare partyKey: string | null;
  declare subject: Buffer;
  declare state: ThreadState;
  declare awaiting: Awaiting;
  declare turn: number;
  declare askedAt: Date;
  declare dueAt: Date;
  declare homeId: string;
  declare ownerId: string;
  declare byHand: CreationOptional<boolean>;
  declare rung: CreationOptional<number>;
  declare escalatedTo: CreationOptional<string | null>;
  declare messages: CreationOptional<number>;
  declare openedAt: Date;
  declare lastAt: Date;
  declare closedAt: CreationOptional<Date | null>;
  declare closedBy: CreationOptional<string | null>;
  declare rating: CreationOptional<number | null>;
  declare ratingWords: CreationOptional<Buffer | null>;
  declare ratedAt: CreationOptional<Date | null>;
}

export class ThreadMessage extends Model<InferAttributes<ThreadMessage>, InferCreationAttributes<ThreadMessage>> {
  declare id: CreationOptional<string>;
  declare threadId: string;
  declare n: number;
  declare side: "party" | "court";
  declare accountId: string;
  declare role: string;
  declare body: Buffer;
  declare materialIds: string;
  declare toAll: boolean;
  declare at: Date;
}

/** 内部备注: in a table of its own, which no route of the public reads. */
export class ThreadNote extends Model<InferAttributes<ThreadNote>, InferCreationAttributes<ThreadNote>> {
  declare id: CreationOptional<string>;
  declare threadId: string;
  declare sealRef: string;
  declare accountId: string;
  declare role: string;
  declare body: Buffer;
  declare at: Date;
}

export class ThreadStep extends Model<InferAttributes<ThreadStep>, InferCreationAttributes<ThreadStep>> {
  declare id: CreationOptional<string>;
  declare threadId: string;
  declare action: string;
  declare why: string;
  declare actorId: string;
  declare role: string;
  declare turn: number;
  declare rung: number | null;
  declare fromId: string | null;
  declare toId: string | null;
  declare at: Date;
}

const maybeCount = () => ({ ...count(), allowNull: true, defaultValue: null });

export function defineContact(sequelize: Sequelize): void {
  Thread.init(
    {
      id: id(),
      sealRef: code(32),
      courtCode: code(16),
      caseId: maybeReference(),
      accountId: reference(),
      partyKey: maybeCode(16),
      subject: sealed(),
      state: code(8),
      awaiting: code(8),
      turn: count(),
      askedAt: moment(),
      dueAt: moment(),
      homeId: reference(),
      ownerId: reference(),
      byHand: flag(),
      rung: count(),
      escalatedTo: maybeReference(),
      messages: count(),
      openedAt: moment(),
      lastAt: moment(),
      closedAt: maybeMoment(),
      closedBy: maybeCode(8),
      rating: maybeCount(),
      ratingWords: sealed(),
      ratedAt: maybeMoment(),
    },
    { sequelize, tableName: "thread" },
  );
  ThreadMessage.init(
    {
      id: id(),
      threadId: reference(),
      n: count(),
      side: code(8),
      accountId: reference(),
      role: code(16),
      body: sealed(),
      materialIds: text(255),
      toAll: flag(),
      at: moment(),
    },
    { sequelize, tableName: "thread_message" },
  );
  ThreadNote.init(
    {
      id: id(),
      threadId: reference(),
      sealRef: code(32),
      accountId: reference(),
      role: code(16),
      body: sealed(),
      at: moment(),
    },
    { sequelize, tableName: "thread_note" },
  );
  ThreadStep.init(
    {
      id: id(),
      threadId: reference(),
      action: code(16),
      why: text(16),
      actorId: reference(),
      role: code(16),
      turn: count(),
      rung: maybeCount(),
      fromId: maybeReference(),
      toId: maybeReference(),
      at: moment(),
    },
    { sequelize, tableName: "thread_step" },
  );
}
