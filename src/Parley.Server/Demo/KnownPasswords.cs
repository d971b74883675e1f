using Parley.Platform.Hosting;
using Parley.Platform.Store;
using Parley.Workspaces.Accounts;

namespace Parley.Server.Demo;

/// <summary>
/// A folder that <c>parley demo</c> made is served to others only when none of its people can sign in with the password that the demo prints: whoever
/// found it in the documentation would be its owner.
/// </summary>
internal static class KnownPasswords
{
    /// <exception cref="StoreRefused">Somebody's password is still the one that everybody knows.</exception>
    public static async Task Refuse(Launch launch)
    {
        if (!Seeding.Filled(launch.Folder))
        {
            return;
        }

        var known = await Left(launch);
        if (known.Count > 0)
        {
            throw new StoreRefused("demo.passwords", $"{launch.Folder} was made by 'parley demo', and everybody knows the passwords of {string.Join(", ", known)}. Change them in the demo's console first, or choose another folder with --data.");
        }
    }

    private static async Task<List<string>> Left(Launch launch)
    {
        using var folder = DataFolder.Take(launch.Folder);
        await using var database = await ParleyHost.OpenStore(launch);
        using var passwords = new Passwords();
        var accounts = new AccountStore(database, launch.Time);
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
