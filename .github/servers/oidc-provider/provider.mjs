// Runs oidc-provider on loopback, makes access tokens by its own model, and prints the
// issuer and the tokens as one line of JSON. It ends when its input does.
import { Provider } from 'oidc-provider'
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:net'

const port = await new Promise((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address()
    probe.close(() => resolve(port))
  })
})
const issuer = `http://127.0.0.1:${port}`
const jwk = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })
const users = {
  u1: {
    name: 'Mira Okafor', given_name: 'Mira', family_name: 'Okafor', preferred_username: 'mokafor',
    picture: 'https://id.example/p.png', email: 'mira@otter.example', email_verified: true,
    groups: ['admins', 'staff'], updated_at: 1767300000,
  },
}
const provider = new Provider(issuer, {
  clients: [{ client_id: 'rollcall', client_secret: 's3cret', redirect_uris: ['http://127.0.0.1/cb'] }],
  jwks: { keys: [{ ...jwk, kid: 'k1', alg: 'RS256', use: 'sig' }] },
  claims: {
    openid: ['sub'],
    profile: ['name', 'given_name', 'family_name', 'preferred_username', 'picture', 'updated_at'],
    email: ['email', 'email_verified'],
    groups: ['groups'],
  },
  scopes: ['openid', 'profile', 'email', 'groups'],
  findAccount: async (_, id) => users[id] && { accountId: id, claims: async () => ({ sub: id, ...users[id] }) },
})
const client = await provider.Client.find('rollcall')

async function token(scope, { account = 'u1', seconds = 3600 } = {}) {
  const grant = new provider.Grant({ accountId: account, clientId: 'rollcall' })
  grant.addOIDCScope(scope)
  const grantId = await grant.save()
  const made = new provider.AccessToken({ accountId: account, client, grantId, scope, gty: 'authorization_code', claims: {} })
  made.expiresWithSession = false
  return [await made.save(seconds), made]
}

const all = 'openid profile email groups'
const [full] = await token(all)
const [bare] = await token('openid')
const [without] = await token('profile')
const [gone] = await token(all, { account: 'nobody' })
const [revoked, record] = await token(all)
await record.destroy()
provider.listen(port, '127.0.0.1', () => console.log(JSON.stringify({ issuer, full, bare, without, gone, revoked })))
process.stdin.resume().on('end', () => process.exit())
