# Build: packages from the lockfile and the web app. Run: Node, the sources and production packages, one unprivileged user.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY packages/series/package.json packages/series/
COPY packages/server/package.json packages/server/
COPY packages/web/package.json packages/web/
COPY packages/cli/package.json packages/cli/
RUN npm ci --ignore-scripts
COPY packages packages
RUN cd packages/web && node ../../node_modules/vite/bin/vite.js build
RUN npm prune --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    KIZASHI_HOST=0.0.0.0 \
    KIZASHI_DATA=/data
WORKDIR /app
COPY --from=build /app /app
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4700
HEALTHCHECK --start-period=60s CMD ["node", "-e", "fetch('http://127.0.0.1:4700/health/ready').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# SIGTERM lets requests and jobs in flight finish.
STOPSIGNAL SIGTERM
# The flag is explained in scripts/bootstrap.mjs.
CMD ["node", "--max-semi-space-size=4", "packages/cli/bin/kizashi.mjs", "serve"]
