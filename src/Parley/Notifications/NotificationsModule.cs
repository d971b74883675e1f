using Microsoft.Extensions.DependencyInjection;
using Parley.Log;
using Parley.Platform.Mail;
using Parley.Platform.Settings;

namespace Parley.Notifications;

/// <summary>Tells people elsewhere of what they have not seen.</summary>
public static class NotificationsModule
{
    public static readonly Module Module = new("Notifications")
    {
        Migrations = [new(80, "unseen", UnseenStore.Ddl)],
        Settings = [SettingsSection.Of<NotificationSettings>("notifications")],
        Add = services =>
        {
            services.AddSingleton<Addressing>();
            services.AddSingleton<MailLinks>();
            services.AddSingleton<UnseenReader>();
            services.AddSingleton<IReader>(provider => provider.GetRequiredService<UnseenReader>());
            services.AddHostedService<Noticing>();
            services.AddSingleton<Unread>();
            services.AddSingleton<AnswerLetter>();
            services.AddSingleton<IMailWriter, AnswerMail>();
        },
        Map = LinksApi.Map,
    };
}
