# The gateway of one organisation. Build it from the root of the source tree.
FROM node:20-slim AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc tsconfig.base.json ./
COPY scripts/no-telemetry scripts/no-telemetry
COPY chaincode chaincode
COPY gateway gateway
RUN npm ci --workspace chaincode --workspace gateway --include-workspace-root \
 && npx tsc -b gateway \
 && npm prune --omit=dev --workspace chaincode --workspace gateway

FROM node:20-slim
ENV NODE_ENV=production
WORKDIR /src
COPY --from=build /src/node_modules /src/node_modules
COPY --from=build /src/chaincode /src/chaincode
COPY --from=build /src/gateway /src/gateway
USER node
ENTRYPOINT ["node", "gateway/dist/main.js"]
