import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { generateSecret, generateURI } from "otplib";
import { pino } from "pino";
import { SYSTEM } from "#core/actor.ts";
import { ensureStaff } from "#modules/account/index.ts";
import { findCourt, seedCourts } from "#modules/court/index.ts";
import { seedIntakeRules } from "#modules/intake/index.ts";
import { createApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { openHouse } from "./house.ts";

/**
 * The first start of a court in production: the provisional court directory (until the official table is imported), the
 * routing rules, and an administrator, whose password and second factor are printed once.
 *
 *     npm run establish -- --court 鲁0102 --username admin --name 冯安
 */
const { values } = parseArgs({
  options: { court: { type: "string" }, username: { type: "string" }, name: { type: "string" } },
});
const { court, username, name } = values;
if (!court || !username || !name) {
  console.error("用法：npm run establish -- --court 法院代字 --username 用户名 --name 姓名");
  process.exit(2);
}
const house = openHouse(readConfig(process.env), pino({ level: "warn" }));
const { means } = createApp(house.options);
await seedCourts(means.database);
await means.transact(SYSTEM, (work) => seedIntakeRules(work));
const { name: courtName, code: courtCode } = await findCourt(court);
const [known] = await means.database.read("SELECT account_id FROM staff WHERE username = ?", [username]);
if (known) {
  console.error(`用户名 ${username} 已经存在，没有改动。`);
  process.exit(1);
}
const password = randomBytes(12).toString("base64url");
const totpSecret = generateSecret();
await means.transact(SYSTEM, (work) =>
  ensureStaff(work, means.vault, { username, displayName: name, role: "admin", courtCode, password, totpSecret }),
);
console.log(`${courtName} 的管理员 ${name}（${username}）已建立。以下内容只显示这一次：`);
console.log(`  口令        ${password}`);
console.log(`  动态口令    ${generateURI({ issuer: "诉通", label: username, secret: totpSecret })}`);
console.log("首次登录后请立即修改口令；其他工作人员由管理员通过 POST /api/v1/staff 建立。");
await house.close();
process.exit(0);
