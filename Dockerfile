FROM node:26-slim
WORKDIR /forum
COPY package.json package-lock.json .npmrc ./
# the optional packages bring Node, which this image has
RUN npm ci --omit=dev --omit=optional
COPY . .
RUN mkdir -p /data .cache && chown node /data .cache
USER node
ENV NODE_ENV=production HOST=0.0.0.0 DATABASE_URL=file:/data/forum.db NODE_COMPILE_CACHE=/forum/.cache/compiled
VOLUME /data
EXPOSE 3000
HEALTHCHECK CMD ["node", "-e", "fetch('http://127.0.0.1:3000/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/cli.ts", "serve"]
