FROM node:24-bookworm-slim
WORKDIR /stockwire
COPY package.json package-lock.json .npmrc ./
RUN npm install --omit=dev && npm cache clean --force
COPY . .
RUN mkdir -p data && chown node:node data
ENV STOCKWIRE_HOST=0.0.0.0
EXPOSE 4000
VOLUME /stockwire/data
USER node
# The hub itself and not npm, so that SIGTERM reaches it. Arguments are those of `npm start --`, such as `--role gateway`.
ENTRYPOINT ["node", "--require", "./scripts/require-node.cjs", "scripts/start.ts"]
