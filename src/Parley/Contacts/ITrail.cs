namespace Parley.Contacts;

/// <summary>Where a visitor is at this moment, who agreed that it is noted.</summary>
public sealed record Whereabout(InboxId Inbox, string Device);

/// <summary>Follows visitors from page to page, as far as the inbox and they themselves allow it. Whoever keeps it is told by whoever begins sessions.</summary>
public interface ITrail
{
    /// <summary>A session began, or was asked for anew.</summary>
    /// <param name="agreed">False: nothing is noted from here on.</param>
    /// <param name="refused">They said no, or the inbox has it so: what was noted on this device is forgotten, too.</param>
    Task Came(VisitorPass pass, ContactId person, Visit visit, bool agreed, bool refused);

    /// <summary>Null for whoever is not here, or agreed to nothing.</summary>
    ValueTask<Whereabout?> Where(WorkspaceId workspace, ContactId contact);
}
