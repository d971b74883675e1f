using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Parley.Platform.Mail;
using Parley.Platform.Settings;
using Parley.Workspaces.Accounts;
using Parley.Workspaces.Api;

namespace Parley.Workspaces;

public static class WorkspacesModule
{
    public static readonly Module Module = new("Workspaces")
    {
        Migrations = WorkspacesMigrations.All,
        Entries = [.. WorkspaceKind.Entries, .. AgentKind.Entries, .. InboxKind.Entries],
        Kinds = [new WorkspaceKind(), new AgentKind(), new InboxKind()],
        Settings = [SettingsSection.Of<PeopleSettings>("people")],
        Add = services =>
        {
            services.AddSingleton<Rosters>();
            services.AddSingleton<Grants>();
            services.AddSingleton<AccountStore>();
            services.AddSingleton<Passwords>();
            services.AddSingleton<Lockout>();
            services.AddSingleton<Sessions>();
            services.AddSingleton<ICookieProof>(provider => provider.GetRequiredService<Sessions>());
            services.AddSingleton<Tokens>();
            services.AddSingleton<IProof>(provider => provider.GetRequiredService<Tokens>());
            services.AddSingleton<IdentityKeys>();
            services.AddSingleton<Hiring>();
            services.AddSingleton<SetupCodes>();
            services.AddSingleton<SettingUp>();
            services.AddSingleton<Entering>();
            services.AddSingleton<Joining>();
            services.AddSingleton<Links>();
            services.AddSingleton<Invitations>();
            services.AddSingleton<Homes>();
            services.AddSingleton<Withdrawing>();
            services.AddSingleton<Checklist>();
            services.AddSingleton<Postman>();
            services.AddSingleton<Forgetfulness>();
            services.AddSingleton<Renewing>();
            services.AddSingleton<IMailWriter, InvitationMail>();
            services.AddSingleton<IMailWriter, ForgottenMail>();
            services.AddSingleton<IMailWriter, SnippetMail>();
            services.AddSingleton<Doorman>();
            services.AddSingleton<Throttling>();
        },
        Use = app =>
        {
            var doorman = app.ApplicationServices.GetRequiredService<Doorman>();
            app.Use(next => http => doorman.Receive(http, next));
            var settingUp = app.ApplicationServices.GetRequiredService<SettingUp>();
            app.Use(next => http => settingUp.Receive(http, next));
            var throttling = app.ApplicationServices.GetRequiredService<Throttling>();
            app.Use(next => http => throttling.Receive(http, next));
        },
        Map = routes =>
        {
            SetupApi.Map(routes);
            ChecklistApi.Map(routes);
            SessionApi.Map(routes);
            InvitationsApi.Map(routes);
            PasswordApi.Map(routes);
            MailsApi.Map(routes);
            MeApi.Map(routes);
            SignatureApi.Map(routes);
            AgentsApi.Map(routes);
            SkillsApi.Map(routes);
            TeamsApi.Map(routes);
            AttributesApi.Map(routes);
            InboxesApi.Map(routes);
            PolicyApi.Map(routes);
            SnippetApi.Map(routes);
            KeysApi.Map(routes);
            TokensApi.Map(routes);
            WorkspaceApi.Map(routes);
            BrandsApi.Map(routes);
            TextsApi.Map(routes);
        },
    };
}
