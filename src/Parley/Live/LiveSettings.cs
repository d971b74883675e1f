using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Parley.Live;

/// <summary>What is shown of the moment.</summary>
public sealed record LiveSettings(
    [Description("Agents see what a customer is typing before it is sent.")] bool ShowDrafts = true,
    [Description("Seconds after their last stream closed until somebody counts as gone: a change of pages is no leaving."), Range(0, 600)] int LeaveSeconds = 5,
    [Description("Seconds without any input after which an agent counts as away; 0: never."), Range(0, 86_400)] int IdleSeconds = 900,
    [Description("After how many days the pages go that visitors looked at, where they agreed to it being noted."), Range(1, 30)] int TrailDays = 30);
