using Parley.Platform.Settings;
using Parley.Platform.Store;
using Parley.Server;
using Parley.Server.Demo;
using Parley.Workspaces.Accounts;
using Shouldly;

namespace Parley.Tests.Server.Demo;

public sealed class KnownPasswordsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("known-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_demo_is_served_to_others_once_nobody_has_a_password_that_everybody_knows()
    {
        await Seeding.Seed(Launch(), told: false);
        (await Should.ThrowAsync<StoreRefused>(() => KnownPasswords.Refuse(Launch()))).Message.ShouldContain("the passwords of kim@lighthouse.test, noor@lighthouse.test, ravi@lighthouse.test.");
        await Change("kim", "noor");
        (await Should.ThrowAsync<StoreRefused>(() => KnownPasswords.Refuse(Launch()))).Message.ShouldContain("the passwords of ravi@lighthouse.test.");
        await Change("ravi");
        await KnownPasswords.Refuse(Launch());
    }

    [Fact]
    public async Task What_a_company_calls_its_people_is_its_own()
    {
        await Seeding.Seed(Launch(), told: false);
        File.Delete(Path.Combine(_folder, "demo.json"));
        await KnownPasswords.Refuse(Launch());
    }

    private async Task Change(params string[] names)
    {
        await using var database = await ParleyHost.OpenStore(Launch());
        using var passwords = new Passwords();
        var accounts = new AccountStore(database, TimeProvider.System);
        foreach (var name in names)
        {
            var account = await accounts.Find($"{name}@lighthouse.test");
            await accounts.SetPassword(account!.Id, await passwords.Hash("known to nobody else"));
        }
    }

    private Launch Launch() => new(new SettingsReader(ParleyHost.Sections), _folder);
}
