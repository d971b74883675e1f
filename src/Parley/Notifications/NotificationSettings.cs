using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Parley.Notifications;

/// <summary>When somebody is told elsewhere of what they have not seen.</summary>
public sealed record NotificationSettings(
    [Description("Seconds after which a customer who has not seen an answer gets it by mail, where their address is known; 0: never. An inbox may have a time of its own.")]
    [param: Range(0, 86_400)]
    int MailAfterSeconds = 180,
    [Description("Seconds after which an agent whose console is closed is told on their devices: whoever sees it before is not disturbed.")]
    [param: Range(0, 3_600)]
    int PushAfterSeconds = 10);
