using System.Security.Cryptography;
using Parley.Platform.Store;

namespace Parley.Workspaces.Accounts;

/// <summary>
/// The codes that open an installation which has no agent yet. Every start of a server says one of its own; all of them open the store from any node,
/// until one was used. Only their hashes are kept, made like those of passwords: eight characters could be guessed from a quick one.
/// </summary>
public sealed class SetupCodes(Database database, Passwords passwords, TimeProvider time)
{
    /// <summary>Without what people confuse when they type it from another screen: I and 1, O and 0, L.</summary>
    private const string Letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    private const int Half = 4;

    /// <summary>So many starts are remembered: as many nodes as begin together, and few enough that a guess gains nothing.</summary>
    private const int Kept = 5;

    /// <summary>A new code, as it is shown: <c>ABCD-EFGH</c>.</summary>
    public async Task<string> Issue()
    {
        var code = RandomNumberGenerator.GetString(Letters, 2 * Half);
        var hash = await passwords.Hash(code);
        await database.Write(async session =>
        {
            await session.Execute("insert into setup_codes (hash, made) values (@hash, @now)", new { hash, now = time.GetUtcNow().ToUnixTimeMilliseconds() });
            await session.Execute("delete from setup_codes where hash not in (select hash from setup_codes order by made desc limit @kept)", new { kept = Kept });
        });
        return $"{code[..Half]}-{code[Half..]}";
    }

    /// <summary>True if it is one of them; in whatever case, with or without the line between.</summary>
    public async Task<bool> Fits(string code)
    {
        var typed = new string([.. code.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)]);
        foreach (var hash in await database.Read(session => session.Query<string>("select hash from setup_codes order by made desc")))
        {
            if (await passwords.Fits(hash, typed))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes all of them out of the store, so that of two who come at once one goes in. Null: somebody was first.</summary>
    public Task<IReadOnlyList<string>?> Take() => database.Write<IReadOnlyList<string>?>(async session =>
    {
        var hashes = await session.Query<string>("select hash from setup_codes");
        return await session.Execute("delete from setup_codes") > 0 ? hashes : null;
    });

    /// <summary>Puts back what was taken, where nothing came of it.</summary>
    public Task Return(IReadOnlyList<string> hashes) => database.Write(async session =>
    {
        foreach (var hash in hashes)
        {
            await session.Execute("insert into setup_codes (hash, made) values (@hash, @now)", new { hash, now = time.GetUtcNow().ToUnixTimeMilliseconds() });
        }
    });
}
