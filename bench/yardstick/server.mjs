// usage: node server.mjs PORT FILE     A chat as its tools' own tutorials write it: a message is committed, then emitted to its room, then acknowledged.
import { createServer } from 'node:http'
import Database from 'better-sqlite3'
import { Server } from 'socket.io'

const [port, file] = process.argv.slice(2)
const database = new Database(file)
database.pragma('journal_mode = WAL')
// What was acknowledged is on the disk, as with Parley.
database.pragma('synchronous = FULL')
database.exec(`
  create table if not exists messages (
    id integer primary key,
    conversation text not null,
    client text not null,
    text text not null,
    at integer not null,
    unique (conversation, client)
  )`)
const insert = database.prepare('insert into messages (conversation, client, text, at) values (?, ?, ?, ?)')

const http = createServer()
const io = new Server(http)
io.on('connection', (socket) => {
  socket.on('join', ({ conversation }, done) => {
    socket.join(conversation)
    done()
  })

  socket.on('message', ({ conversation, body: { clientId, content } }, done) => {
    const at = Date.now()
    const { lastInsertRowid } = insert.run(conversation, clientId, content.text, at)
    io.to(conversation).emit('message', { id: Number(lastInsertRowid), conversation, clientId, at, content })
    done()
  })
})
http.listen(Number(port), '127.0.0.1', () => console.log('Yardstick listens'))
