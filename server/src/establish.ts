import { parseArgs } from "node:util";
import { generateSecret, generateURI } from "otplib";
import { pino } from "pino";
import { SYSTEM } from "#core/actor.ts";
import { ensureStaff, FIRST_PASSWORD_MS, newFirstPassword } from "#modules/account/index.ts";
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
const password = newFirstPassword();
const totpSecret = generateSecret();
await means.transact(SYSTEM, (work) => {
  const firstPasswordUntil = new Date(work.at.getTime() + FIRST_PASSWORD_MS);
  const admin = {
    username,
    displayName: name,
    role: "admin",
    courtCode,
    password,
    totpSecret,
    firstPasswordUntil,
  } as const;
  return ensureStaff(work, means.vault, admin);
});
console.log(`${courtName} 的管理员 ${name}（${username}）已建立。以下内容只显示这一次：`);
console.log(`  口令        ${password}`);
console.log(`  动态口令    ${generateURI({ issuer: "诉通", label: username, secret: totpSecret })}`);
console.log("三天内首次登录，并改为自己的口令；其他工作人员由管理员在工作台“人员账号”中新增。");
await house.close();
process.exit(0);
