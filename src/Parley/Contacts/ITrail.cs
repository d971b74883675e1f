using Parley.Workspaces;

namespace Parley.Contacts;

/// <summary>Where a visitor is at this moment, who agreed that it is noted.</summary>
public sealed record Whereabout(InboxId Inbox, string Device);

/// <summary>What may be noted of a visitor's session, by the inbox and by what they said.</summary>
/// <param name="Agreed">False: nothing is noted from here on.</param>
/// <param name="Refused">They said no, or the inbox has it so: what was noted on this device is forgotten, too.</param>
/// <param name="Alike">It may be kept who used this browser, so that agents are told who may be the same person.</param>
public sealed record Allowed(bool Agreed, bool Refused, bool Alike)
{
    /// <param name="said">What the visitor told the site: yes, no, or (null) nothing yet.</param>
    public static Allowed By(InboxSettings inbox, bool? said)
    {
        var agreed = inbox.Consent switch
        {
            Consent.On => said != false,
            Consent.AfterConsent => said == true,
            _ => false,
        };
        return new(agreed, said == false || inbox.Consent == Consent.Off, agreed && inbox.Alike == true);
    }
}

/// <summary>Follows visitors from page to page, as far as the inbox and they themselves allow it. Whoever keeps it is told by whoever begins sessions.</summary>
public interface ITrail
{
    /// <summary>A session began, or was asked for anew.</summary>
    Task Came(VisitorPass pass, ContactId person, Visit visit, Allowed allowed);

    /// <summary>The page where one of some contacts was seen last; null where nothing was noted, or it was too long ago.</summary>
    /// <param name="inboxes">What was seen in others is not told; null: all are meant.</param>
    ValueTask<SeenPage?> Page(WorkspaceId workspace, IReadOnlyCollection<ContactId> contacts, IReadOnlyCollection<InboxId>? inboxes);

    /// <summary>Null for whoever is not here, or agreed to nothing.</summary>
    ValueTask<Whereabout?> Where(WorkspaceId workspace, ContactId contact);
}
