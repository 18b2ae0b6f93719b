"""Arabic as people in Bahrain write it: plain typed functions over camel-tools."""
