import { Problem } from "./problem";
import { type Call, send } from "./request";
import { clearTokens, readTokens, renewTokens } from "./tokens";

/** Asks the server and gives its answer. Throws `Problem`; a session that ran out is renewed once, for all callers together. */
export async function call<T>(request: Call): Promise<T> {
  const token = readTokens()?.accessToken ?? null;
  try {
    return await send<T>(request, token);
  } catch (error) {
    const expired = error instanceof Problem && error.status === 401 && token !== null;
    if (!expired) throw error;
    const renewed = await renewTokens(token);
    if (renewed) return send<T>(request, renewed);
    clearTokens();
    uni.$emit("session:ended");
    if (request.anonymous) return send<T>(request, null);
    throw error;
  }
}
