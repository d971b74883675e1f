using Microsoft.Extensions.DependencyInjection;
using Parley.Channels.Email.Api;
using Parley.Channels.Email.Fetching;
using Parley.Channels.Email.Reading;
using Parley.Channels.Email.Sending;
using Parley.Platform.Mail.Setup;

namespace Parley.Channels.Email;

/// <summary>What e-mail has of its own in the server.</summary>
internal static class EmailParts
{
    public static readonly ChannelParts All = new()
    {
        Migrations = [new(245, "mailboxes", MailboxStates.Ddl)],
        Add = services =>
        {
            services.AddSingleton<MailboxStates>();
            services.AddSingleton<MailboxKeeping>();
            services.AddHostedService<Mailboxes>();
            services.AddSingleton(new MailExchanges());
            services.AddSingleton<EmailTokens>();
            services.AddSingleton<EmailSending>();
            services.AddSingleton<Gathering>();
            services.AddSingleton<MailHistory>();
            services.AddSingleton<MailFiles>();
        },
        Map = routes =>
        {
            EmailHooks.Map(routes);
            MailSetupApi.Map(routes);
        },
    };
}
