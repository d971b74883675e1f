using Parley.Platform.Store;
using Parley.Workspaces;
using Parley.Workspaces.Accounts;

namespace Parley.Server.Demo;

/// <summary>
/// A store that <c>parley demo</c> made is served to others only when none of its people can sign in with the password that the demo prints: whoever
/// found it in the documentation would be its owner. It is known by what stands in it, for a backup of it may have been restored anywhere.
/// </summary>
internal static class KnownPasswords
{
    /// <exception cref="StoreRefused">Somebody's password is still the one that everybody knows.</exception>
    public static async Task Refuse(Database database)
    {
        if (!await Lighthouse.Founded(database))
        {
            return;
        }

        var known = await Left(database);
        if (known.Count > 0)
        {
            throw new StoreRefused("demo.passwords", $"This store was made by 'parley demo', and everybody knows the passwords of {string.Join(", ", known)}. Change them in the demo's console first, or choose another folder with --data.");
        }
    }

    private static async Task<List<string>> Left(Database database)
    {
        using var passwords = new Passwords(new PeopleSettings());
        var accounts = new AccountStore(database, TimeProvider.System);
        var known = new List<string>();
        foreach (var (name, _, _) in Lighthouse.Staff)
        {
            if (await accounts.Find(Lighthouse.Email(name)) is { } account && await passwords.Fits(account.Password, Lighthouse.Password(name)))
            {
                known.Add(account.Email);
            }
        }

        return known;
    }
}
