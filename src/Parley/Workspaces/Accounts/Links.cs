using Parley.Platform.Store;

namespace Parley.Workspaces.Accounts;

/// <summary>
/// Links that prove something once: that one was invited, that an account is one's own. The secret stands behind the # of the address alone, which no server and
/// no proxy ever sees; the store has its hash. Several links to the same thing may be out (one copied, one mailed); using one ends all, but for those that open a thread.
/// </summary>
public sealed class Links(Database database, TimeProvider time)
{
    public const string Invitation = "invitation";
    public const string Password = "password";

    /// <summary>Opens one conversation for its customer, as often as it is clicked.</summary>
    public const string Thread = "thread";

    /// <summary>A new link's secret.</summary>
    /// <param name="issuer">Who gave it out by hand; null where it goes to the account's own address.</param>
    public async Task<string> Issue(string kind, Guid target, DateTimeOffset until, AgentId? issuer = null)
    {
        var secret = Secrets.New();
        await database.Write(async session =>
        {
            await session.Execute("delete from links where expires < @now", new { now = Now });
            await session.Execute("insert into links (hash, kind, target, expires, issuer) values (@hash, @kind, @target, @until, @issuer)", new { hash = Secrets.Hash(secret), kind, target = AccountStore.Bytes(target), until = until.ToUnixTimeMilliseconds(), issuer = issuer?.Bytes });
        });
        return secret;
    }

    /// <summary>What a secret is about, who gave it out by hand, and until when it is good; null when it is none, no longer, or was used.</summary>
    public Task<(Guid Target, AgentId? Issuer, DateTimeOffset Until)?> Find(string kind, string secret) => database.Read<(Guid, AgentId?, DateTimeOffset)?>(async session =>
        await session.One<(byte[] Target, byte[]? Issuer, long Until)>("select target, issuer, expires from links where hash = @hash and kind = @kind and expires >= @now", new { hash = Secrets.Hash(secret), kind, now = Now }) is { Target: { } target } link
            ? (new Guid(target, bigEndian: true), link.Issuer is { } issuer ? AgentId.From(issuer) : null, DateTimeOffset.FromUnixTimeMilliseconds(link.Until))
            : null);

    /// <summary>True while this one link, known by the hash of its secret, is good.</summary>
    public async Task<bool> Stands(string kind, byte[] hash) => await database.Read(session => session.One<long>(
        "select count(*) from links where hash = @hash and kind = @kind and expires >= @now", new { hash, kind, now = Now })) > 0;

    /// <summary>Ends all links to the target. False: somebody was first.</summary>
    public async Task<bool> End(string kind, Guid target) => await database.Write(session => session.Execute("delete from links where kind = @kind and target = @target", new { kind, target = AccountStore.Bytes(target) })) > 0;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
