using Microsoft.Extensions.DependencyInjection;
using Parley.Platform.Settings;
using Parley.Platform.Store;
using Parley.Server;
using Parley.Server.Demo;
using Parley.Workspaces;
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
        (await Should.ThrowAsync<StoreRefused>(Refuse)).Message.ShouldContain("the passwords of kim@lighthouse.test, noor@lighthouse.test, ravi@lighthouse.test.");
        await Change("kim", "noor");
        (await Should.ThrowAsync<StoreRefused>(Refuse)).Message.ShouldContain("the passwords of ravi@lighthouse.test.");
        await Change("ravi");
        await Refuse();
    }

    [Fact]
    public async Task What_a_company_calls_its_people_is_its_own()
    {
        await using (var app = await ParleyHost.Start(new(new SettingsReader(ParleyHost.Sections).Set("server.urls", "http://127.0.0.1:0", "test"), _folder)))
        {
            var hired = await app.Services.GetRequiredService<Hiring>().AddAgent("Kim", "kim@lighthouse.test", "lighthouse-kim", Role.Owner, workspaceName: "Lighthouse");
            hired.Refusal.ShouldBeNull();
        }

        await Refuse();
    }

    private async Task Refuse()
    {
        await using var database = await ParleyHost.OpenStore(Launch());
        await KnownPasswords.Refuse(database);
    }

    private async Task Change(params string[] names)
    {
        await using var database = await ParleyHost.OpenStore(Launch());
        using var passwords = new Passwords(new PeopleSettings());
        var accounts = new AccountStore(database, TimeProvider.System);
        foreach (var name in names)
        {
            var account = await accounts.Find($"{name}@lighthouse.test");
            await accounts.SetPassword(account!.Id, await passwords.Hash("known to nobody else"));
        }
    }

    private Launch Launch() => new(new SettingsReader(ParleyHost.Sections), _folder);
}
