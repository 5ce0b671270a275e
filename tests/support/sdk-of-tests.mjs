// Loaded with `node --import`: lets a program from elsewhere take the official SDK from the packages of these tests, so that it
// needs none of its own.

import { register } from "node:module";

const hooks = `export const resolve = (name, context, next) =>
  next(name, name === "alipay-sdk" ? { ...context, parentURL: ${JSON.stringify(import.meta.url)} } : context);`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
