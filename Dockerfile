FROM node:24-bookworm-slim
WORKDIR /stockwire
COPY package.json package-lock.json .npmrc ./
RUN npm install --omit=dev
COPY . .
ENV STOCKWIRE_HOST=0.0.0.0
EXPOSE 4000
VOLUME /stockwire/data
CMD ["npm", "start"]
