import { extendZodWithOpenApi, OpenAPIRegistry, OpenApiGeneratorV31 } from "@asteasolutions/zod-to-openapi";
import { z } from "zod";
import { type Access, type AnyRoute, routeName } from "#http/route.ts";
import { API } from "#http/serve-routes.ts";

extendZodWithOpenApi(z);

const TAGS: Readonly<Record<string, string>> = {
  account: "登录、实名与账号",
  reference: "案由、表格与计算器（不需登录）",
  court: "法院目录",
  filing: "立案申请",
  material: "材料",
  bulk: "批量立案",
  intake: "收案审查队列（法院工作人员）",
  fee: "诉讼费：交费通知、变动与缓减免",
  payment: "支付、退款与对账",
  case: "案件",
  submission: "诉讼中的提交：答辩、证据、质证与申请",
  service: "送达：文书、送达日期、异议与送达回证",
  hearing: "开庭：排期、商定时间、改期与延期",
  reception: "远程接访：预约、候访、答复",
  questioning: "远程提讯：预约、羁押场所确认、归卷",
  contact: "联系法官",
  desk: "办案台：变动、待办期限",
  dossier: "电子卷宗：目录、阅卷、阅卷申请与副卷",
  notice: "消息",
  audit: "审计",
  operation: "运行",
};

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string(),
    errors: z.array(z.object({ pointer: z.string(), code: z.string(), message: z.string() })),
    requestId: z.string(),
  })
  .loose();

/** The OpenAPI 3.1 document, printed from the very routes that are served. */
export function printOpenApi(
  routes: readonly AnyRoute[],
  access: ReadonlyMap<string, Access>,
  version: string,
): object {
  const registry = new OpenAPIRegistry();
  const problemRef = registry.register("Problem", problemSchema);
  const bearer = registry.registerComponent("securitySchemes", "bearer", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
  });
  for (const route of routes) {
    const allowed = access.get(routeName(route)) ?? [];
    registry.registerPath({
      method: route.method.toLowerCase() as "get",
      path: API + route.path.replace(/:(\w+)/g, "{$1}"),
      tags: [route.tag],
      summary: route.summary,
      operationId: operationId(route),
      ...(route.description ? { description: route.description } : {}),
      ...(allowed === "public" ? { security: [] } : { security: [{ [bearer.name]: [] }] }),
      "x-roles": allowed,
      request: {
        ...(route.params ? { params: route.params as z.ZodObject } : {}),
        ...(route.query ? { query: route.query as z.ZodObject } : {}),
        ...headers(route),
        ...(route.body ? { body: { required: true, content: { "application/json": { schema: route.body } } } } : {}),
      },
      responses: responses(route, allowed, problemRef),
    });
  }
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: "3.1.0",
    info: {
      title: "诉通 API",
      version,
      description:
        "时间为 ISO 8601；日期为法院所在地（Asia/Shanghai）的 YYYY-MM-DD；金额为整数分，字段名以 Fen 结尾；编号为字符串。错误为 application/problem+json。",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
  });
}

function headers(route: AnyRoute): { headers?: z.ZodObject } {
  const shape: Record<string, z.ZodType> = {};
  if (route.command && route.method === "POST") {
    const key = z.string().max(255).meta({ description: "同一操作重试时使用同一个值；首次结果保存 30 天" });
    shape["Idempotency-Key"] = route.key === "required" ? key : key.optional();
  }
  if (route.ifMatch) shape["If-Match"] = z.string().meta({ description: '所依据的版本，例如 "3"' });
  return Object.keys(shape).length > 0 ? { headers: z.object(shape) } : {};
}

function responses(route: AnyRoute, allowed: Access, problemRef: z.ZodType) {
  const refusal = (description: string) => ({
    description,
    content: { "application/problem+json": { schema: problemRef } },
  });
  const found: Record<number, { description: string; content?: Record<string, { schema: z.ZodType }> }> = {};
  for (const [status, schema] of Object.entries(route.answers)) {
    const description = Number(status) < 300 ? "成功" : "转到他处";
    if (schema === null) found[Number(status)] = { description };
    else if (typeof schema === "string")
      found[Number(status)] = { description, content: { [schema]: { schema: z.string().meta({ format: "binary" }) } } };
    else found[Number(status)] = { description, content: { "application/json": { schema } } };
  }
  found[400] = refusal("请求无法读取");
  if (allowed !== "public") found[401] = refusal("未登录或登录已失效");
  if (Array.isArray(allowed)) found[403] = refusal("该角色不能进行此操作");
  found[404] = refusal("不存在，或不是您的");
  if (route.command || route.ifMatch) found[409] = refusal("状态不符，或他人先行一步");
  if (route.ifMatch) found[412] = refusal("版本已更新");
  if (route.body) {
    found[413] = refusal("内容过大");
    found[415] = refusal("格式不受支持");
  }
  found[422] = refusal("内容有误");
  if (route.key || route.ifMatch) found[428] = refusal("缺少前提条件");
  found[429] = refusal("过于频繁");
  found[503] = refusal("暂时繁忙");
  return found;
}

/** `POST /filings/:id/moves` → `postFilingsIdMoves`. */
export function operationId({ method, path }: AnyRoute): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter(Boolean);
  return method.toLowerCase() + words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join("");
}
