namespace Parley.Conversations.Shapes;

/// <summary>The question how it was. Its answer is no message: see <see cref="Conversations.Rating"/>.</summary>
internal static class Ratings
{
    public static readonly Shape Shape = new("rating", Parts.None, _ => [], content => string.IsNullOrWhiteSpace(content.Text) ? Sayings.Of(Sayings.RatingAsk, Workspaces.Wording.Voices, content.Language).Text : content.Text);
}
